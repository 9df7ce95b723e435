import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchMaven } from '../../lib/maven.mjs';

/** Copies an example of this area into `folder`, under another name. */
export async function copyExample(example, folder, name) {
  await copyFile(new URL(`examples/${example}`, import.meta.url), path.join(folder, name));
}

/** Runs openapi-generator from Maven Central: the client is in the folder `client` of `folder` then, and its path is given. */
export async function runOpenApiGenerator(
  context,
  { folder, document, version },
  generator,
  properties,
  args = [],
) {
  const artifact = 'org.openapitools:openapi-generator-cli';
  const classPath = await fetchMaven(context, `openapi-generator-${version}`, { [artifact]: version });
  const client = path.join(folder, 'client');
  const options = Object.entries(properties).map(([name, value]) => `${name}=${value}`);
  await context.run('nice', [
    ...['-n', '15', 'java', '-cp', classPath, 'org.openapitools.codegen.OpenAPIGenerator'],
    ...['generate', '-i', document, '-g', generator, '-o', client],
    ...['--additional-properties', options.join(',')],
    ...args,
  ]);
  return client;
}
