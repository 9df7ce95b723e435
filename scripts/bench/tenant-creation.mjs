import { createRequire } from 'node:module';
import { perSecond } from './load.mjs';
import { startGangway } from './servers.mjs';
import { interleave, toRow } from './statistics.mjs';
import { createTenantAndWait } from './tenants.mjs';

const bcrypt = createRequire(new URL('../../packages/domain/package.json', import.meta.url))('bcrypt');
/** The cost of the product: packages/domain/src/auth/password-hasher.ts. */
const COST = 10;
const COUNT = 48;
/** Until the product runs on compiled code. */
const WARM = 200;

/** P1: whole tenant creations over HTTP, four at once, against nothing but their password hashes. */
export default async function measureTenantCreation() {
  const gangway = await startGangway();
  try {
    const a = (count = COUNT) => perSecond(count, 4, () => createTenantAndWait(gangway.url));
    const b = () => perSecond(COUNT, 4, () => bcrypt.hash('a temporary password', COST));
    await a(WARM);
    const values = await interleave(5, a, b);
    const measure = 'tenant creations/s over HTTP, c=4, against a bare bcrypt loop';
    return toRow({ id: 'P1', measure, pass: '≥ 0.85' }, values);
  } finally {
    await gangway.stop();
  }
}
