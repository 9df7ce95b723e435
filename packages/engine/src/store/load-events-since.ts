import type { RunEvent } from '@gangway/contract/operations';
import { runEvent, type Sql } from './sql.js';

const TEXT = `
SELECT ${runEvent('e')} AS event FROM operation_run_events e WHERE e.run_id = $1::uuid AND e.seq > $2::int ORDER BY e.seq`;

/** All events of a run after `afterSeq` (0: from the beginning), in order. */
export async function loadEventsSince(
  sql: Sql,
  operationRunId: string,
  afterSeq: number,
): Promise<RunEvent[]> {
  const rows = await sql.query<{ event: RunEvent }>('load_events', TEXT, [operationRunId, afterSeq]);
  return rows.map(({ event }) => event);
}

const LAST = `SELECT id, last_event_seq AS seq FROM operation_runs WHERE id = ANY ($1::uuid[])`;

/** The number of the newest event of each of these runs. */
export async function loadLastSeqs(
  sql: Sql,
  operationRunIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; seq: number }>('load_last_seqs', LAST, [operationRunIds]);
  return new Map(rows.map((row) => [row.id, row.seq]));
}
