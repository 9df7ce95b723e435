import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { startProgram } from '../../../lib/start-program.mjs';

const PASSWORD = 'compatibility';

/**
 * Fetches the distribution of Keycloak from Maven Central and starts it for development on a free port of this machine.
 * Gives {url, admin(method, path, body)}: the second calls its Admin REST API and gives the JSON of the answer, or the id of
 * what was created.
 */
export async function startKeycloak(context, version) {
  const folder = await context.newFolder('keycloak');
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
  const artifact = `-Dartifact=org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  await context.run('mvn', ['-q', '-B', copy, artifact, '-DoutputDirectory=.'], { cwd: folder });
  await context.run('unzip', ['-q', `keycloak-quarkus-dist-${version}.zip`], { cwd: folder });

  const [port, managementPort] = [await context.findFreePort(), await context.findFreePort()];
  const script = path.join(folder, `keycloak-${version}`, 'bin', 'kc.sh');
  const args = ['start-dev', '--http-host=127.0.0.1', `--http-port=${port}`];
  const env = {
    KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
    KC_BOOTSTRAP_ADMIN_PASSWORD: PASSWORD,
    KC_HTTP_MANAGEMENT_PORT: String(managementPort),
    JAVA_OPTS_KC_HEAP: '-Xms64m -Xmx512m',
  };
  startProgram(context, script, args, { env });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(`${url}/realms/master`);
  return { url, admin: (...request) => callAdmin(url, ...request) };
}

async function callAdmin(url, method, where, body) {
  // A token of the administrator lives for a minute.
  const { access_token: token } = await requestToken(`${url}/realms/master`, {
    ...{ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: PASSWORD },
  });
  const response = await fetch(`${url}/admin/realms${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text}`);
  return text === '' ? response.headers.get('location')?.split('/').pop() : JSON.parse(text);
}

/** The answer of a realm's token endpoint. @throws Error if it is none with a token */
export async function requestToken(realm, parameters) {
  const response = await fetch(`${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${realm}: ${JSON.stringify(answer)}`);
  return answer;
}

async function waitFor(url) {
  for (const end = Date.now() + 8 * 60_000; Date.now() < end; await sleep(500)) {
    const response = await fetch(url).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
  }
  throw new Error('Keycloak is not ready in time');
}
