import { createRequire } from 'node:module';
import { startGangway } from './servers.mjs';
import { interleave, median, spread } from './statistics.mjs';
import { createTenant, perSecond } from './tenants.mjs';

const bcrypt = createRequire(new URL('../../packages/domain/package.json', import.meta.url))('bcrypt');
/** The cost of the product: packages/domain/src/auth/password-hasher.ts. */
const COST = 10;

/** P1: whole tenant creations over HTTP, four at once, against nothing but their password hashes. */
export async function measureTenantCreation() {
  const gangway = await startGangway();
  try {
    const a = () => perSecond(24, 4, () => createTenant(gangway.url));
    const b = () => perSecond(24, 4, () => bcrypt.hash('a temporary password', COST));
    await a();
    const values = await interleave(5, a, b);
    return {
      id: 'P1',
      measure: 'tenant creations/s over HTTP, c=4, against a bare bcrypt loop',
      ours: spread(values.a),
      theirs: spread(values.b),
      ratio: median(values.a) / median(values.b),
      pass: '≥ 0.75',
    };
  } finally {
    await gangway.stop();
  }
}
