import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyExample, runOpenApiGenerator } from './generate.mjs';

/** The client of openapi-generator's `go` as a package of the module that uses it. */
export async function prepareGo(context, options) {
  const { folder } = options;
  const properties = {
    packageName: 'gangway',
    withGoMod: false,
    disallowAdditionalPropertiesIfNotPresent: false,
  };
  const client = await runOpenApiGenerator(context, options, 'go', properties);
  // Its tests are of a module that is not there.
  await rm(path.join(client, 'test'), { recursive: true, force: true });
  await rename(client, path.join(folder, 'gangway'));
  return compile(context, folder, 'go-openapi-generator.go');
}

/** The client of oapi-codegen, with the packages that it calls. */
export async function prepareOapiCodegen(context, { folder, document, version }) {
  const tool = `github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v${version}`;
  await copyExample('oapi-codegen.yaml', folder, 'oapi-codegen.yaml');
  await mkdir(path.join(folder, 'gangway'));
  await runGo(context, folder, ['run', '-p', '1', tool, '-config', 'oapi-codegen.yaml', document]);
  return compile(context, folder, 'go-oapi-codegen.go', {
    'github.com/oapi-codegen/nullable': '1.2.0',
    'github.com/oapi-codegen/runtime': '1.9.0',
  });
}

/** The client of ogen, whose module the client needs in the same version. */
export async function prepareOgen(context, { folder, document, version }) {
  const tool = `github.com/ogen-go/ogen/cmd/ogen@v${version}`;
  const target = ['--config', 'ogen.yaml', '--target', 'gangway', '--package', 'gangway', '--clean'];
  await copyExample('ogen.yaml', folder, 'ogen.yaml');
  await runGo(context, folder, ['run', '-p', '1', tool, ...target, document]);
  return compile(context, folder, 'go-ogen.go', { 'github.com/ogen-go/ogen': version });
}

/** Builds an example with the package `gangway` beside it; `modules` are needed in these versions, others in what they ask for. */
async function compile(context, folder, example, modules = {}) {
  const required = Object.entries(modules).map(([name, version]) => `require ${name} v${version}\n`);
  const manifest = ['module example.com/partner\n\ngo 1.23\n', ...required].join('\n');
  await writeFile(path.join(folder, 'go.mod'), manifest);
  await copyExample(example, folder, 'main.go');
  await runGo(context, folder, ['mod', 'tidy']);
  await runGo(context, folder, ['build', '-p', '1', '-o', 'example', '.']);
  return ['./example'];
}

const runGo = (context, cwd, args) => context.run('nice', ['-n', '15', 'go', ...args], { cwd });
