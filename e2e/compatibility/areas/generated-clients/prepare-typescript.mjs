import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
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

async function compile(context, folder, bin, example) {
  await copyExample(example, folder, 'example.ts');
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: SETTINGS }));
  await context.run('nice', ['-n', '15', bin('tsc')], { cwd: folder });
  return [process.execPath, 'dist/example.js'];
}
