import { rename, rm, writeFile } from 'node:fs/promises';
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
  await writeFile(path.join(folder, 'go.mod'), 'module example.com/partner\n\ngo 1.23\n');
  await copyExample('go-openapi-generator.go', folder, 'main.go');
  await context.run('go', ['mod', 'tidy'], { cwd: folder });
  await context.run('nice', ['-n', '15', 'go', 'build', '-p', '1', '-o', 'example', '.'], { cwd: folder });
  return ['./example'];
}
