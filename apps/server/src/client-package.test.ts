import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { ROUTES } from '@gangway/api/rest/routes';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installClient } from './testing/installed-client.js';
import { DEMO_KEY } from './testing/partner-client.js';
import { createProductFixture, type ProductFixture } from './testing/product-fixture.js';

// The package of the typed client, as a partner installs it from a server.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
let url = '';
let client: Awaited<ReturnType<typeof installClient>>;
beforeAll(async () => {
  fixture = await createProductFixture();
  ({ url } = await fixture.start({ DEMO: '1' }));
  client = await installClient(url);
});
afterAll(async () => {
  await client.remove();
  await fixture.drop();
});

test('the example compiles and runs without this repository, and wrong calls do not compile', async () => {
  const root = new URL('../../../', import.meta.url);
  const example = await readFile(new URL('packages/client/src/example.ts', root), 'utf8');
  const program = `${example.replace('./index.js', '@gangway/client')}
const [url = '', apiKey = ''] = process.argv.slice(2);
console.log(await provisionTenant(url, apiKey, 'outside@example.com'));
// @ts-expect-error A number is no name.
void (() => createGangwayClient({ url, apiKey }).provisioning.tenants.create.mutate({ client_name: 1, email: '' }));
// @ts-expect-error The browser's procedures are not for partners.
void (() => createGangwayClient({ url, apiKey }).workspaces);
// @ts-expect-error A client needs a credential.
void (() => createGangwayClient({ url }));
void ((error: unknown) => {
  // @ts-expect-error There is no such reason code.
  if (isGangwayError(error, 'no.such_reason')) return;
  if (isGangwayError(error, 'tenant.duplicate')) error.data.reasonCode satisfies 'tenant.duplicate';
});
`;
  expect(await client.compile({ example: program })).toBe('');
  expect(await client.run('example', {}, url, DEMO_KEY)).toMatch(/^[\w-]{16,}\n$/);
});

test('the examples of its README compile and run', async () => {
  const readme = await readFile(path.join(client.installed, 'README.md'), 'utf8');
  const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program = '']) => program);
  expect(programs).toHaveLength(3);
  const env = {
    ...{ GANGWAY_URL: url, GANGWAY_API_KEY: DEMO_KEY },
    ...{ GANGWAY_CLIENT_ID: 'demo-partner', GANGWAY_CLIENT_SECRET: 'demo-partner-secret' },
  };
  const printed: string[] = [];
  expect(
    await client.compile(Object.fromEntries(programs.map((program, at) => [`readme-${at}`, program]))),
  ).toBe('');
  for (const at of programs.keys()) printed.push(await client.run(`readme-${at}`, env));
  expect(printed[0]).toMatch(/^succeeded [\w-]{36}\n$/);
  expect(printed[1]).toMatch(/^[\w-]{36} admin@readme\.example\nrun\.queued.*\nrun\.finished\s+100\n$/s);
});

test('every procedure has the words of the reference in the editor', async () => {
  const paths = [...ROUTES.map(({ name }) => name), 'tenants.bulk', 'operationRuns.events'];
  const source = `import type { GangwayClient } from '@gangway/client';
declare const p: GangwayClient['provisioning'];
${paths.map((name) => `p.${name};`).join('\n')}`;
  const file = path.join(client.folder, 'documentation.ts');
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const text = name === file ? source : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => client.folder,
    getCompilationSettings: () => ({ strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext }),
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (name) => ts.sys.fileExists(name),
    readFile: (name) => ts.sys.readFile(name),
  });
  for (const name of paths) {
    const at = source.indexOf(`p.${name};`) + `p.${name}`.length - 1;
    const words = ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.documentation);
    const summary = ROUTES.find((route) => route.name === name)?.summary ?? '';
    expect([name, words.replace(/\s+/g, ' ')]).toEqual([name, expect.stringContaining(summary)]);
    expect([name, words.length]).toEqual([name, expect.toSatisfy((length: number) => length > 10)]);
  }
});

test('publint and attw have nothing to say against it', async () => {
  const { messages, pkg } = await publint({ pkgDir: client.installed, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  const { problems } = (await checkPackage(createPackageFromTarballData(await readFile(client.archive)), {
    entrypoints: ['.'],
  })) as { problems: { kind: string }[] };
  // It is an ES module only; Node 20.19 and later load it from CommonJS too.
  expect(problems.filter(({ kind }) => kind !== 'CJSResolvesToESM')).toEqual([]);
});
