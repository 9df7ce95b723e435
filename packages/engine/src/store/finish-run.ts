import type { EngineOptions } from '../options.js';
import { announceEvents } from './announce.js';
import { getRun } from './get-run.js';
import type { RunRecord } from './records.js';
import { sqlOfPool, sqlOfTransaction } from './sql.js';
import { type RunChange, writeRun } from './write-run.js';

/**
 * Writes the end of a run, with whatever the product records at this moment in the same transaction.
 * @throws LeaseLost when somebody else holds the run
 */
export async function finishRun(
  options: Pick<EngineOptions, 'db' | 'onFinished'>,
  run: Pick<RunRecord, 'id'>,
  fence: number,
  change: RunChange,
): Promise<void> {
  const { db, onFinished } = options;
  if (!onFinished) {
    const { lastEventSeq } = await writeRun(sqlOfPool(db.pool), run.id, fence, change);
    return announceEvents(db.pool, run.id, lastEventSeq);
  }
  const seq = await db.inTransaction(async (tx) => {
    const sql = sqlOfTransaction(tx);
    const { lastEventSeq } = await writeRun(sql, run.id, fence, change);
    const { steps: _steps, ...finished } = await getRun(sql, run.id);
    await onFinished(tx, finished);
    return lastEventSeq;
  });
  announceEvents(db.pool, run.id, seq);
}
