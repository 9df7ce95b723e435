import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRepository, ROOT } from './copy-repository.js';
import { applyDiff, readRecipes, type FileChange } from './read-recipes.js';
import { runNode } from './run.js';

// The recipes of CONTRIBUTING.md, followed to the letter in a copy of the repository.

/** Against hangs only. */
const LIMIT_MS = 20 * 60_000;
let copy: string;
const recipes = readRecipes(await readFile(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8'));

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'gangway-recipes-'));
  await copyRepository(copy);
}, LIMIT_MS);
afterAll(() => rm(copy, { recursive: true, force: true }));

async function apply({ file, kind, text }: FileChange): Promise<void> {
  const target = path.join(copy, file);
  await mkdir(path.dirname(target), { recursive: true });
  const before = kind === 'diff' ? await readFile(target, 'utf8') : '';
  await writeFile(target, kind === 'diff' ? applyDiff(before, text) : text);
}

test(
  'the recipes apply, compile, keep to the rules, and pass their tests',
  { timeout: LIMIT_MS },
  async () => {
    expect(recipes.map(({ title }) => title)).toEqual([
      ...['Add a migration', 'Add a reason code', 'Add an audit action'],
      ...['Add a procedure', 'Add a screen', 'Add an operation'],
    ]);
    for (const { changes } of recipes) for (const change of changes) await apply(change);
    // As `pnpm migration:new` does after it has written the SQL.
    const prisma = path.join(copy, 'prisma');
    await cp(path.join(prisma, 'schema.prisma'), path.join(prisma, 'migrations/migrated.prisma'));
    await runNode(copy, ['-e', "import('./scripts/lib/build.mjs').then(({ generate }) => generate())"]);

    await writeFile(path.join(copy, 'tsconfig.recipes.json'), JSON.stringify(WHOLE_PRODUCT));
    await runNode(copy, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.recipes.json']);
    await runNode(copy, ['scripts/check-imports.mjs']);
    const changed = recipes.flatMap(({ changes }) => changes.map(({ file }) => file));
    const formatted = changed.filter((file) => /\.tsx?$/.test(file));
    await runNode(copy, ['node_modules/prettier/bin/prettier.cjs', '--check', ...formatted]);

    const commands = recipes.flatMap(({ tests }) => tests);
    const whole = commands.filter((args) => !args.includes('-t')).flat();
    for (const args of [whole, ...commands.filter((one) => one.includes('-t'))]) {
      const output = await runNode(copy, [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--maxWorkers=1',
        ...args,
      ]);
      expect(output).toMatch(/Tests .*\d+ passed/);
    }
  },
);

const PACKAGES = ['contract', 'db', 'providers', 'engine', 'domain', 'api', 'client'];

/** All sources of the product in one program, tests left out: quicker than package by package, and as strict. */
const WHOLE_PRODUCT = {
  extends: './tsconfig.base.json',
  compilerOptions: {
    ...{ composite: false, incremental: false, noEmit: true, declaration: false, declarationMap: false },
    ...{ module: 'ESNext', moduleResolution: 'bundler', jsx: 'react-jsx' },
    // Not the condition `source`: packages that are installed have it, too.
    paths: Object.fromEntries(PACKAGES.map((name) => [`@gangway/${name}/*`, [`./packages/${name}/src/*`]])),
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node', './apps/web/node_modules/vite/client'],
  },
  include: ['packages/*/src', 'apps/*/src'],
  exclude: ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', '**/test-*.ts'],
};
