import type pg from 'pg';
import { escapeIdentifier } from './escape.js';

/** What is set on a connection once it is open. */
export interface SessionInput {
  /** The only schema of its `search_path`; null: the role's own `search_path` stays. */
  readonly schema: string | null;
  /** A role to work as, which the role of the URL is a member of. */
  readonly actAs?: string | undefined;
  readonly statementTimeoutMs?: number | undefined;
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Whether a server that takes no writes will do. */
  readonly mayBeStandby?: boolean | undefined;
}

const SETUP_TIMEOUT_MS = 5_000;

/** A standby, or a primary that became one, answered: the primary has to be looked up again. */
export class StandbyError extends Error {
  override readonly name = 'StandbyError';
  /** SQLSTATE read_only_sql_transaction, with which PostgreSQL itself would refuse to write. */
  readonly code = '25006';

  constructor() {
    super('it is a standby, which takes no writes');
  }
}

/**
 * Makes the session what our statements assume. Set by a statement and not by startup parameters: poolers refuse those,
 * and `?options=` of a URL would replace them. The isolation level is ours, whatever the database's default: under
 * `serializable` any statement could fail for the sake of another.
 * @throws StandbyError
 */
export async function setUpSession(client: pg.ClientBase, input: SessionInput): Promise<void> {
  const settings: Record<string, string> = {
    default_transaction_isolation: 'read committed',
    ...(input.statementTimeoutMs === undefined
      ? {}
      : { statement_timeout: String(input.statementTimeoutMs) }),
    ...input.settings,
    ...(input.schema === null ? {} : { search_path: escapeIdentifier(input.schema) }),
    ...(input.actAs === undefined ? {} : { role: input.actAs }),
  };
  const query = {
    text: `SELECT set_config(s.name, s.value, false), pg_is_in_recovery() AS "isStandby"
             FROM unnest($1::text[], $2::text[]) AS s(name, value)`,
    values: [Object.keys(settings), Object.values(settings)],
    // A connection that falls silent in its first second is given up sooner than one that works.
    query_timeout: SETUP_TIMEOUT_MS,
  };
  const { rows } = await client.query<{ isStandby: boolean }>(query);
  if (rows[0]?.isStandby && !input.mayBeStandby) throw new StandbyError();
}
