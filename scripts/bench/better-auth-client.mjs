import { fileURLToPath } from 'node:url';
import { createDatabaseBeside } from './database.mjs';
import { exchange } from './load.mjs';
import { start } from './servers.mjs';

const SERVER = fileURLToPath(new URL('./better-auth-server.mjs', import.meta.url));
let made = 0;

/** Better Auth beside a Gangway, on the same PostgreSQL. */
export async function startBetterAuth(gangway) {
  const address = await createDatabaseBeside(gangway.dataDir, 'bench_better_auth');
  const { match, stop } = await start(SERVER, {}, /port (\d+)/, [address]);
  return { url: `http://127.0.0.1:${match[1]}`, stop };
}

/** Signs one user up, who makes an organization. Gives its id and the session. */
export async function signUpWithOrganization(url) {
  const name = `bench-${(made += 1)}`;
  const post = (path, body, cookie) => {
    const headers = { origin: url, ...(cookie && { cookie }) };
    return exchange(`${url}/api/auth${path}`, { method: 'POST', headers, body });
  };
  const account = { name, email: `${name}@bench.example`, password: 'a temporary password' };
  const signedUp = await post('/sign-up/email', account);
  const cookie = signedUp.headers['set-cookie'].map((text) => text.split(';')[0]).join('; ');
  const { text } = await post('/organization/create', { name, slug: name }, cookie);
  return { organizationId: JSON.parse(text).id, cookie };
}
