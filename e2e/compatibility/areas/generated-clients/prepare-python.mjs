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

/** The client of openapi-python-client, which installs httpx and attrs, all that its clients need. */
export async function prepareOpenApiPythonClient(context, { folder, document, version }) {
  const { python, bin } = await context.pypi(`${path.basename(folder)}/venv`, {
    'openapi-python-client': version,
  });
  const args = ['generate', '--path', document, '--meta', 'none', '--output-path', 'gangway'];
  await context.run('nice', ['-n', '15', bin('openapi-python-client'), ...args], { cwd: folder });
  await copyExample('python-openapi-python-client.py', folder, 'example.py');
  return [python, 'example.py'];
}
