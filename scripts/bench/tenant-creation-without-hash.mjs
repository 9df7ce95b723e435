import { signUpWithOrganization, startBetterAuth } from './better-auth-client.mjs';
import { perSecond } from './load.mjs';
import { startGangway } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';
import { createTenantAndWait } from './tenants.mjs';

const COUNT = 200;
/** Until both run on compiled code and on plans that their connections keep. */
const WARM = 400;

/**
 * P2: tenant creations over HTTP, four at once, without the cost of a hash, against a sign-up and an organization with
 * Better Auth on the same PostgreSQL. Ours mails a link to set the password by; theirs has a hash that does nothing.
 */
export default async function measureTenantCreationWithoutHash() {
  const gangway = await startGangway();
  const betterAuth = await startBetterAuth(gangway);
  try {
    const ours = (count = COUNT) =>
      perSecond(count, 4, () => createTenantAndWait(gangway.url, { credential_delivery: 'setup_link' }));
    const theirs = (count = COUNT) => perSecond(count, 4, () => signUpWithOrganization(betterAuth.url));
    await ours(WARM);
    await theirs(WARM);
    const measure = 'tenant creations/s over HTTP, c=4, without the hash, against Better Auth 1.7.5';
    return toRow({ id: 'P2', measure, pass: '≥ 1.8' }, await interleave(5, ours, theirs));
  } finally {
    await betterAuth.stop();
    await gangway.stop();
  }
}
