import path from 'node:path';
import { copyExample, runOpenApiGenerator } from './generate.mjs';

/** The client of openapi-generator's `python`, with the packages that it asks for. */
export async function preparePython(context, options) {
  const { folder } = options;
  const client = await runOpenApiGenerator(context, options, 'python', { packageName: 'gangway' });
  const { python } = await context.pypi(`${path.basename(folder)}/venv`, {});
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await context.run(python, [...pip, client]);
  await copyExample('python-openapi-generator.py', folder, 'example.py');
  return [python, 'example.py'];
}
