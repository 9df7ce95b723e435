import type { AppContext } from '../app-context.js';
import { ERASED_INPUT, HAS_NAMES } from '../provisioning/erase-tenant-data.js';
import { TEMPORARY_PASSWORD_HOURS } from '../provisioning/temporary-password.js';

/** Rows that one statement erases at most: short enough that nobody waits for its locks. */
const BATCH = 1_000;

export interface Kept {
  /** The words of mails stay: they are there to be read in the demo's mailbox. */
  readonly keepsMails: boolean;
}

interface Retention {
  readonly table: string;
  /** By an index of it the rows are found, the oldest first. */
  readonly key: 'id' | 'created_at' | 'finished_at' | 'hour' | 'previous_secret_expires_at';
  /** When a row is of no use any more, as a condition of SQL that leaves out what is younger by `key`. */
  readonly isExpired: string;
  /** The columns that are erased, where the row itself stays. */
  readonly columns?: readonly string[];
  /** The same as an assignment of SQL, where a part of a column stays. */
  readonly set?: string;
}

/** SQL: the row was made longer ago than this, by its id: those that are UUIDv7 begin with the time. */
const isOlder = (age: string): string =>
  `id < rpad(lpad(to_hex((extract(epoch FROM now() - interval '${age}') * 1000)::bigint), 12, '0'), 32, '0')::uuid`;

/** SQL: this instant is longer ago than that. */
const isPast = (column: string, age: string): string => `${column} < now() - interval '${age}'`;

const toStatement = ({ table, key, isExpired, columns, set }: Retention): string => {
  const change = columns ? columns.map((column) => `${column} = NULL`).join(', ') : set;
  const erase = change === undefined ? `DELETE FROM ${table}` : `UPDATE ${table} SET ${change}`;
  return `${erase} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${table} WHERE ${isExpired} ORDER BY ${key} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))`;
};

/** For so many days after its end a creation still knows the names, addresses and numbers it was asked for. */
export const RUN_INPUT_DAYS = 30;

// What a person may still ask about ("this link has expired") stays a while after its end. Runs, their events and the
// audit trail stay for good, without what names people: docs/privacy.md.
const OLD_ROWS: readonly Retention[] = [
  { table: 'idempotency_keys', key: 'created_at', isExpired: isPast('created_at', '24 hours') },
  {
    table: 'browser_sessions',
    key: 'id',
    isExpired: `${isOlder('30 days')} AND ${isPast('expires_at', '30 days')}`,
  },
  {
    table: 'user_links',
    key: 'id',
    isExpired: `${isOlder('30 days')} AND ${isPast('expires_at', '30 days')}`,
  },
  {
    table: 'consent_requests',
    key: 'id',
    isExpired: `${isOlder('90 days')} AND ${isPast('expires_at', '90 days')}`,
  },
  {
    table: 'webhook_deliveries',
    key: 'created_at',
    isExpired: `status <> 'queued' AND ${isPast('created_at', '90 days')}`,
  },
  { table: 'outsider_denials', key: 'hour', isExpired: isPast('hour', '30 days') },
  {
    table: 'mail_messages',
    key: 'id',
    isExpired: `status <> 'queued' AND ${isOlder('90 days')} AND ${isPast('created_at', '90 days')}`,
  },
  {
    table: 'webhook_endpoints',
    key: 'previous_secret_expires_at',
    isExpired: 'previous_secret_expires_at <= now()',
    columns: ['previous_secret_ciphertext', 'previous_secret_expires_at'],
  },
  {
    table: 'operation_runs',
    key: 'finished_at',
    isExpired: `${HAS_NAMES} AND ${isPast('finished_at', `${RUN_INPUT_DAYS} days`)}`,
    set: `input = ${ERASED_INPUT.sql}`,
  },
];

/** What a mail says that was given up, or is only recorded: as long as the password in it is good. */
const MAIL_WORDS: Retention = {
  table: 'mail_messages',
  key: 'created_at',
  isExpired: `status <> 'queued' AND body_ciphertext IS NOT NULL AND ${isPast('created_at', `${TEMPORARY_PASSWORD_HOURS} hours`)}`,
  columns: ['body_ciphertext', 'template'],
};

/** A statement for everything that has had its time; each of them finds it by an index. */
export const erasures = ({ keepsMails }: Kept): string[] =>
  (keepsMails ? OLD_ROWS : [...OLD_ROWS, MAIL_WORDS]).map(toStatement);

/** Erases in batches what has had its time. Gives how many rows it was. */
export async function eraseOldRows({ db }: Pick<AppContext, 'db'>, kept: Kept): Promise<number> {
  let erased = 0;
  for (const text of erasures(kept))
    for (let gone = BATCH; gone === BATCH; erased += gone) gone = (await db.pool.query(text)).rowCount ?? 0;
  return erased;
}
