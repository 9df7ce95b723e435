import type pg from 'pg';

/** Runs one statement. `name` lets the server keep its plan; the text of a name never changes. */
export interface Sql {
  query<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

/** The part of Prisma's transaction client that the store needs, so that runs are created in the caller's transaction. */
export interface RawTransaction {
  $queryRawUnsafe<T = unknown>(query: string, ...values: unknown[]): PromiseLike<T>;
}

export function sqlOfPool(pool: pg.Pool): Sql {
  return {
    query: async <Row>(name: string, text: string, values: readonly unknown[]) => {
      const result = await pool.query({ name: `engine_${name}`, text, values: [...values] });
      return result.rows as Row[];
    },
  };
}

export function sqlOfTransaction(tx: RawTransaction): Sql {
  return {
    query: async <Row>(_name: string, text: string, values: readonly unknown[]) =>
      await tx.$queryRawUnsafe<Row[]>(text, ...values),
  };
}

/** Channels of LISTEN/NOTIFY. Payloads are ids and sequence numbers only: every session of the database may listen. */
export const CHANNELS = {
  queued: 'operation_run_queued',
  signals: 'operation_run_signals',
  events: 'operation_run_events',
} as const;

/** A timestamptz as ISO 8601 in UTC with milliseconds, inside a statement. */
export const iso = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What an event says about the run, read from the row `alias` as the statement leaves it. */
export const runSnapshot = (alias: string) => `jsonb_build_object(
  'status', ${alias}.status, 'progress', ${alias}.progress, 'step', ${alias}.step, 'attempt', ${alias}.attempt,
  'reasonCode', ${alias}.reason_code, 'message', ${alias}.message,
  'waitingUntil', ${iso(`${alias}.waiting_until`)}, 'held', ${alias}.held)`;

/** An event as clients get it, of the row `alias`. */
export const runEvent = (alias: string) => `jsonb_build_object('runId', ${alias}.run_id, 'seq', ${alias}.seq,
  'kind', ${alias}.kind, 'at', ${iso(`${alias}.at`)}, 'run', ${alias}.data->'run', 'changed', ${alias}.data->'changed')`;

/** The run row `alias` with its steps in order, as two JSON columns `run` and `steps`. */
export const withSteps = (alias: string) => `to_jsonb(${alias}) AS run,
  (SELECT coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('retry_in_ms',
      (extract(epoch FROM s.retry_at - now()) * 1000)::float8) ORDER BY s.position), '[]')
     FROM operation_run_steps s WHERE s.run_id = ${alias}.id) AS steps`;
