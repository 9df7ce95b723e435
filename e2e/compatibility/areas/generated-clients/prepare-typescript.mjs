import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installNode } from '../../lib/node-versions.mjs';
import { copyExample, runOpenApiGenerator } from './generate.mjs';

const TYPESCRIPT = { typescript: '5.9.3', '@types/node': '20.19.43' };
const SETTINGS = { strict: true, target: 'es2022', module: 'nodenext', outDir: 'dist', types: ['node'] };

/** The client of openapi-generator's `typescript-fetch` as files of the program that uses it. */
export async function prepareTypescriptFetch(context, options) {
  const { folder } = options;
  const { bin } = await context.npm(path.basename(folder), TYPESCRIPT);
  const properties = { importFileExtension: '.js' };
  // All but a class that would post webhooks, whose imports have no names. The types of their bodies are there all the same.
  const parts = ['--global-property', 'apis,models,supportingFiles'];
  const client = await runOpenApiGenerator(context, options, 'typescript-fetch', properties, parts);
  await rename(client, path.join(folder, 'gangway'));
  return compile(context, folder, bin, 'typescript-fetch.ts');
}

/** The types of openapi-typescript, which openapi-fetch calls with. */
export async function prepareOpenApiFetch(context, { folder, document, version }) {
  const packages = { ...TYPESCRIPT, 'openapi-typescript': version, 'openapi-fetch': '0.17.0' };
  const { bin } = await context.npm(path.basename(folder), packages);
  await context.run(bin('openapi-typescript'), [document, '-o', 'gangway.ts'], { cwd: folder });
  return compile(context, folder, bin, 'openapi-fetch.ts');
}

/** The client of @hey-api/openapi-ts, whose generator needs a newer Node than its client. */
export async function prepareOpenApiTs(context, { folder, document, version }) {
  const packages = { ...TYPESCRIPT, '@hey-api/openapi-ts': version };
  const { bin } = await context.npm(path.basename(folder), packages);
  const { env } = await installNode(context, '24.21.0');
  // It reads there whether imports end with .js.
  await writeSettings(folder);
  const args = ['-i', document, '-o', 'gangway', '--no-log-file'];
  await context.run('nice', ['-n', '15', bin('openapi-ts'), ...args], { cwd: folder, env });
  return compile(context, folder, bin, 'openapi-ts.ts');
}

const writeSettings = (folder) =>
  writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: SETTINGS }));

async function compile(context, folder, bin, example) {
  await copyExample(example, folder, 'example.ts');
  await writeSettings(folder);
  await context.run('nice', ['-n', '15', bin('tsc')], { cwd: folder });
  return [process.execPath, 'dist/example.js'];
}
