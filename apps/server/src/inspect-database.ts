import { APPLICATION_ROLE } from '@gangway/db/application-role';
import { isTransactionPooled } from '@gangway/db/connection/detect-transaction-pooling';
import { readDatabaseUrl } from '@gangway/db/connection/database-url';
import { withConnection } from '@gangway/db/connection/open-connection';
import { ConfigError } from './config/config-error.js';

/** The oldest major version that the tests run on (docs/compatibility.md). */
const OLDEST_MAJOR = 14;

/** What a DATABASE_URL leads to. */
export interface InspectedDatabase {
  /** Where tables are made and found. */
  readonly schema: string;
  /** Whether its role may `SET ROLE gangway_app`, which works for a role that does not inherit, too. */
  readonly mayAct: boolean;
}

/**
 * Looks at the database behind a URL before anything relies on it.
 * @throws ConnectionError if it cannot be reached
 * @throws ConfigError naming the variable, for what no later attempt would change: a PostgreSQL that is too old, a pooler in
 * transaction mode, no schema
 */
export async function inspectDatabase(
  variable: string,
  url: string,
  { isForMigrations }: { isForMigrations: boolean },
): Promise<InspectedDatabase> {
  if (await isTransactionPooled({ url })) {
    throw new ConfigError([
      `${variable} leads to a connection pooler in transaction mode, where locks, settings and LISTEN do not last: use its session mode, or the port of PostgreSQL itself`,
    ]);
  }
  const row = await withConnection({ url }, async (client) => {
    await requireVersion(variable, client);
    // Who migrates works as itself; else the right to use the schema may come from the role to act as.
    const mayAct = !isForMigrations && (await readMayAct(client));
    if (mayAct) await client.query(`SET ROLE ${APPLICATION_ROLE}`);
    const { rows } = await client.query<{ schema: string | null }>('SELECT current_schema() AS schema');
    return { mayAct, schema: rows[0]?.schema ?? null };
  });
  if (row.schema !== null) return { schema: row.schema, mayAct: row.mayAct };
  const wanted = readDatabaseUrl(url).schema;
  throw new ConfigError([
    wanted === null
      ? `${variable} has no schema to work in: its role may use none of its search_path`
      : `${variable} names the schema ${wanted}, which does not exist or which its role may not use: CREATE SCHEMA, or GRANT USAGE`,
  ]);
}

type Client = Parameters<Parameters<typeof withConnection>[1]>[0];

async function requireVersion(variable: string, client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  );
  const version = rows[0]?.version ?? '';
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw new ConfigError([
    `${variable} leads to PostgreSQL ${version}, which is too old: Gangway needs PostgreSQL ${OLDEST_MAJOR} or newer`,
  ]);
}

/** Being a member was enough to act as a role until PostgreSQL 16 made it an option of its own. */
async function readMayAct(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mayAct: boolean }>(
    `SELECT pg_has_role(current_user, oid, CASE WHEN current_setting('server_version_num')::int >= 160000
              THEN 'SET' ELSE 'MEMBER' END) AS "mayAct"
       FROM pg_roles WHERE rolname = $1`,
    [APPLICATION_ROLE],
  );
  return rows[0]?.mayAct ?? false;
}
