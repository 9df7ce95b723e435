import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGangway } from './servers.mjs';
import { createTenant } from './tenants.mjs';

const pg = createRequire(new URL('../../packages/db/package.json', import.meta.url))('pg');
const CREATIONS = 10;

/**
 * P3: SQL statements of one tenant creation, from PostgreSQL's own log: everything that was executed while ten were
 * made one after the other, less what an idle server executes in the same time. Better Auth's sign-up with an
 * organization takes 11.
 */
export async function countStatements() {
  const gangway = await startGangway();
  const home = path.join(gangway.dataDir, 'postgres');
  const read = (name) => readFile(path.join(home, name), 'utf8');
  const password = (await read('owner.password')).trim();
  const port = Number((await read('port')).trim());
  const owner = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'gangway_owner',
    password,
    database: 'postgres',
  });
  try {
    await owner.connect();
    await owner.query(`ALTER SYSTEM SET log_statement = 'all'`);
    await owner.query('SELECT pg_reload_conf()');
    await createTenant(gangway.url, 1_500);
    await sleep(500);
    const count = async () =>
      ((await read('postgres.log')).match(/LOG: {2}(statement|execute [^:]+): (?!BEGIN|COMMIT)/g) ?? [])
        .length;
    const before = await count();
    const started = performance.now();
    for (let made = 0; made < CREATIONS; made += 1) await createTenant(gangway.url, 1_500);
    const elapsed = performance.now() - started;
    const after = await count();
    await sleep(elapsed);
    const idle = (await count()) - after;
    const each = (after - before - idle) / CREATIONS;
    return {
      id: 'P3',
      measure: 'SQL statements per tenant creation, one read of the run by the caller included',
      ours: each.toFixed(1),
      theirs: '11',
      ratio: each / 11,
      pass: '≤ 1',
    };
  } finally {
    await owner.end().catch(() => undefined);
    await gangway.stop();
  }
}
