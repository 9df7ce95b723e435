import { fileURLToPath } from 'node:url';
import { createDatabaseBeside } from './database.mjs';
import { exchange, perSecond } from './load.mjs';
import { start, startGangway } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';
import { createTenantAndWatch } from './tenants.mjs';

const SERVER = fileURLToPath(new URL('./better-auth-server.mjs', import.meta.url));
const COUNT = 200;
/** Until both run on compiled code and on plans that their connections keep. */
const WARM = 400;

/**
 * P2: tenant creations over HTTP, four at once, without the cost of a hash, against a sign-up and an organization with
 * Better Auth on the same PostgreSQL. Ours mails a link to set the password by; theirs has a hash that does nothing.
 */
export default async function measureTenantCreationWithoutHash() {
  const gangway = await startGangway();
  const url = await createDatabaseBeside(gangway.dataDir, 'bench_better_auth');
  const betterAuth = await start(SERVER, {}, /port (\d+)/, [url]);
  const base = `http://127.0.0.1:${betterAuth.match[1]}/api/auth`;
  try {
    const ours = (count = COUNT) =>
      perSecond(count, 4, () => createTenantAndWatch(gangway.url, { credential_delivery: 'setup_link' }));
    const theirs = (count = COUNT) => perSecond(count, 4, () => signUpWithOrganization(base));
    await ours(WARM);
    await theirs(WARM);
    const measure = 'tenant creations/s over HTTP, c=4, without the hash, against Better Auth 1.7.5';
    return toRow({ id: 'P2', measure, pass: '≥ 1.5' }, await interleave(5, ours, theirs));
  } finally {
    await betterAuth.stop();
    await gangway.stop();
  }
}

let made = 0;

async function signUpWithOrganization(base) {
  const name = `bench-${(made += 1)}`;
  const post = (path, body, cookie) => {
    const headers = { origin: new URL(base).origin, ...(cookie && { cookie }) };
    return exchange(`${base}${path}`, { method: 'POST', headers, body });
  };
  const account = { name, email: `${name}@bench.example`, password: 'a temporary password' };
  const signedUp = await post('/sign-up/email', account);
  const cookie = signedUp.headers['set-cookie'].map((text) => text.split(';')[0]).join('; ');
  await post('/organization/create', { name, slug: name }, cookie);
}
