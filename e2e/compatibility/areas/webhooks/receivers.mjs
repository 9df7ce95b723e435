import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildGo } from '../../lib/go.mjs';
import { fetchMaven } from '../../lib/maven.mjs';

/** Svix's libraries have the same interface as those of Standard Webhooks, so their programs differ by the name alone. */
async function copyProgram(file, target, replacement) {
  const text = await readFile(new URL(file, import.meta.url), 'utf8');
  await writeFile(target, replacement ? text.replaceAll(...replacement) : text);
  return target;
}

const node = (name, version) => ({
  ...{ name: `${name} (npm)`, version },
  async prepare({ npm }) {
    const { folder } = await npm(`${name}-npm`, { [name]: version });
    const target = path.join(folder, 'receive.mjs');
    return [process.execPath, await copyProgram('node/receive.mjs', target, ['standardwebhooks', name])];
  },
});

const python = (name, version) => ({
  ...{ name: `${name} (PyPI)`, version },
  async prepare({ pypi }) {
    const { folder, python: command } = await pypi(`${name}-pypi`, { [name]: version });
    const target = path.join(folder, 'receive.py');
    return [command, await copyProgram('python/receive.py', target, ['standardwebhooks', name])];
  },
});

const java = (coordinates, version, vendor) => ({
  ...{ name: `${coordinates} (Java)`, version },
  async prepare(context) {
    const needed = { [coordinates]: version, 'com.google.code.gson:gson': '2.15.0' };
    const classPath = await fetchMaven(context, `${vendor}-java`, needed);
    const target = path.join(path.dirname(path.dirname(classPath)), 'classes', 'ReceiveWebhooks.java');
    await context.newFolder(`${vendor}-java/classes`);
    const program = copyProgram('java/ReceiveWebhooks.java', target, [
      'com.standardwebhooks',
      `com.${vendor}`,
    ]);
    return ['java', '-cp', classPath, await program];
  },
});

/** Verifiers: `prepare(context)` installs one and gives the command that starts its receiver. */
export const RECEIVERS = [
  node('standardwebhooks', '1.1.1'),
  node('svix', '2.5.0'),
  python('standardwebhooks', '1.1.0'),
  python('svix', '2.9.1'),
  {
    ...{ name: 'standard-webhooks/libraries (Go)', version: '0.0.1' },
    prepare: async (context) => [await buildGo(context, 'go', new URL('go', import.meta.url))],
  },
  java('com.standardwebhooks:standardwebhooks', '1.2.0', 'standardwebhooks'),
  java('com.svix:svix', '1.99.1', 'svix'),
];
