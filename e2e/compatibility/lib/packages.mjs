import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Installs packages of npm in `folder`, in exact versions: `{'openid-client': '6.8.1'}`. Install scripts run only with
 * `scripts: true`. Gives `bin(name)`, the path of an installed command.
 */
export async function installNpm(run, folder, dependencies, { scripts = false, manifest = {} } = {}) {
  await mkdir(folder, { recursive: true });
  const content = { name: 'compatibility', private: true, type: 'module', ...manifest, dependencies };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(content, null, 2));
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', ...(scripts ? [] : ['--ignore-scripts'])];
  await run('npm', ['install', ...flags], { cwd: folder });
  return { folder, bin: (name) => path.join(folder, 'node_modules/.bin', name) };
}

/**
 * Makes a virtual environment in `folder` and installs packages of PyPI there, in exact versions: `{authlib: '1.6.5'}`.
 * Gives the path of its `python` and `bin(name)`, the path of an installed command.
 */
export async function installPypi(run, folder, dependencies) {
  await run('python3', ['-m', 'venv', folder]);
  const bin = (name) => path.join(folder, 'bin', name);
  const pins = Object.entries(dependencies).map(([name, version]) => `${name}==${version}`);
  const flags = ['--quiet', '--disable-pip-version-check'];
  if (pins.length > 0) await run(bin('python'), ['-m', 'pip', 'install', ...flags, ...pins]);
  return { folder, python: bin('python'), bin };
}
