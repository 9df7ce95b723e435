import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo } from '../../lib/go.mjs';
import { fetchMaven } from '../../lib/maven.mjs';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

const node = (name, version) => ({
  ...{ name: `${name} (npm)`, version },
  async prepare({ npm }) {
    const { folder } = await npm(name, { [name]: version });
    const program = path.join(folder, 'program.mjs');
    await copyFile(here(`node/${name}.mjs`), program);
    return [process.execPath, program];
  },
});

const python = (name, version, file, more) => ({
  ...{ name: `${name} (PyPI)`, version },
  async prepare({ pypi }) {
    return [(await pypi(name, { [name]: version, ...more })).python, here(`python/${file}`)];
  },
});

/** OAuth clients: `prepare(context)` installs one and gives the command that starts its program. */
export const CLIENTS = [
  node('openid-client', '6.9.0'),
  node('oauth4webapi', '3.8.8'),
  node('simple-oauth2', '5.1.0'),
  python('authlib', '1.9.10', 'authlib_client.py', { requests: '2.34.2' }),
  python('requests-oauthlib', '2.0.0', 'requests_oauthlib_client.py'),
  {
    ...{ name: 'golang.org/x/oauth2 (Go)', version: '0.38.0' },
    prepare: async (context) => [await buildGo(context, 'go', new URL('go', import.meta.url))],
  },
  {
    ...{ name: 'com.nimbusds:oauth2-oidc-sdk (Java)', version: '11.39' },
    async prepare(context) {
      const classPath = await fetchMaven(context, 'java', { 'com.nimbusds:oauth2-oidc-sdk': '11.39' });
      return ['java', '-cp', classPath, here('java/CountTenants.java')];
    },
  },
];
