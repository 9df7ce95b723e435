import { logStatements, riseOf } from './database.mjs';
import { startGangway } from './servers.mjs';
import { createTenant } from './tenants.mjs';

const CREATIONS = 10;

/**
 * P3: SQL statements of one tenant creation, from PostgreSQL's own log: everything that was executed while ten were
 * made one after the other, less what an idle server executes in the same time. Better Auth's sign-up with an
 * organization takes 11.
 */
export default async function countStatements() {
  const gangway = await startGangway();
  try {
    const log = await logStatements(gangway.dataDir);
    await createTenant(gangway.url, 1_500);
    const rise = await riseOf(log.statements, async () => {
      for (let made = 0; made < CREATIONS; made += 1) await createTenant(gangway.url, 1_500);
    });
    const each = rise / CREATIONS;
    return {
      id: 'P3',
      measure: 'SQL statements per tenant creation, one read of the run by the caller included',
      ours: each.toFixed(1),
      theirs: '11',
      ratio: each / 11,
      pass: '≤ 1',
    };
  } finally {
    await gangway.stop();
  }
}
