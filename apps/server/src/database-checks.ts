import type { Database } from '@gangway/db/client';
import { listPendingMigrations } from '@gangway/db/migrate';
import type { Migration } from '@gangway/db/migrations-folder';
import type { Check } from './http/health.js';

/** A check that hears nothing for so long gives its connection up, so that the next one gets another. */
const ANSWER_WITHIN_MS = 1_500;

/** Whether the database takes writes, and has the migrations of this version. */
export function createDatabaseChecks(db: Pick<Database, 'pool'>, migrations: readonly Migration[]): Check[] {
  return [
    {
      name: 'database',
      async run() {
        const query = {
          text: `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`,
          query_timeout: ANSWER_WITHIN_MS,
        };
        const { rows } = await db.pool.query<{ isReadOnly: boolean }>(query);
        if (rows[0]?.isReadOnly) throw new Error('The database takes no writes');
        return 'answers';
      },
    },
    {
      name: 'migrations',
      async run() {
        const pending = await listPendingMigrations(db.pool, migrations, ANSWER_WITHIN_MS);
        if (pending.length > 0) throw new Error(`Pending: ${pending.join(', ')}`);
        return 'up to date';
      },
    },
  ];
}
