import { cp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo } from '../../lib/go.mjs';
import { fetchMaven } from '../../lib/maven.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** Temporal's SDKs of other languages: `prepare(context)` installs one and gives the command of its program. */
export const CLIENTS = [
  {
    ...{ name: 'temporalio (PyPI)', version: '1.35.0' },
    async prepare({ pypi }) {
      const { python, folder } = await pypi('python', { temporalio: '1.35.0', jwcrypto: '1.6.1' });
      const program = path.join(folder, 'program');
      await cp(here('python'), program, { recursive: true });
      return [python, path.join(program, 'create_tenant.py')];
    },
  },
  {
    ...{ name: 'go.temporal.io/sdk (Go)', version: '1.51.0' },
    prepare: async (context) => [await buildGo(context, 'go', new URL('go', import.meta.url))],
  },
  {
    ...{ name: 'io.temporal:temporal-sdk (Java)', version: '1.38.0' },
    async prepare(context) {
      const classPath = await fetchMaven(context, 'java', {
        'io.temporal:temporal-sdk': '1.38.0',
        'com.nimbusds:nimbus-jose-jwt': '10.10',
        'org.slf4j:slf4j-nop': '2.0.17',
      });
      const folder = await context.newFolder('java/classes');
      await cp(here('java'), folder, { recursive: true });
      const sources = ['GangwayCodec.java', 'CreateTenant.java'].map((file) => path.join(folder, file));
      await context.run('javac', ['-cp', classPath, '-d', folder, ...sources]);
      return ['java', '-cp', `${folder}${path.delimiter}${classPath}`, 'CreateTenant'];
    },
  },
];
