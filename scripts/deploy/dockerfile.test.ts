import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import dockerignore from '@balena/dockerignore';
import { DockerfileParser } from 'dockerfile-ast';
import { expect, test } from 'vitest';

// What can be said of the Dockerfile in no time. `node scripts/check-image.mjs` does what it says.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = await readFile(path.join(ROOT, 'Dockerfile'), 'utf8');
const dockerfile = DockerfileParser.parse(text);
const of = (keyword: string) =>
  dockerfile.getInstructions().filter((instruction) => instruction.getKeyword() === keyword);

test('the manifest of every package is there before the install', async () => {
  const groups = await Promise.all(
    ['packages', 'apps'].map(async (group) =>
      (await readdir(path.join(ROOT, group))).map((name) => `${group}/${name}/`),
    ),
  );
  const copied = of('COPY').map((copy) => copy.getArgumentsContent() ?? '');
  for (const folder of [...groups.flat(), 'e2e/'])
    expect(copied).toContain(`${folder}package.json ${folder}`);
});

test('the last stage is no root, can be asked for its health, and is the server itself', () => {
  expect(dockerfile.getFROMs().map((from) => from.getBuildStage())).toEqual(['build', null]);
  expect(of('USER').map((user) => user.getArgumentsContent())).toEqual(['1000:1000']);
  expect(of('HEALTHCHECK')).toHaveLength(1);
  const [command] = dockerfile.getCMDs().slice(-1);
  const [program, file = ''] = (command?.getJSONStrings() ?? []).map((string) => string.getJSONValue());
  expect([program, file]).toEqual(['node', 'apps/server/dist/main.js']);
  expect(existsSync(path.join(ROOT, file.replace('dist/main.js', 'src/main.ts')))).toBe(true);
});

test('the context has what is built, and nothing private', async () => {
  const ignored = dockerignore.default().add(await readFile(path.join(ROOT, '.dockerignore'), 'utf8'));
  for (const file of [
    '.env',
    'apps/server/.env',
    '.gangway/auth.keys',
    '.git/config',
    'node_modules/pg/package.json',
  ])
    expect([file, ignored.ignores(file)]).toEqual([file, true]);
  for (const file of ['apps/server/src/main.ts', 'prisma/schema.prisma', '.npmrc', 'docs/typed-client.md'])
    expect([file, ignored.ignores(file)]).toEqual([file, false]);
});
