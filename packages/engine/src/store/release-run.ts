import type pg from 'pg';
import { NO_CHANGE } from './run-change.js';
import { runWriterOf } from './run-writer.js';

/** Gives a run up without changing it; it is due again after so many milliseconds. @throws LeaseLost */
export async function releaseRun(
  pool: pg.Pool,
  runId: string,
  fence: number,
  dueInMs: number,
): Promise<void> {
  await runWriterOf(pool).write({ ...NO_CHANGE, runId, fence, lease: { dueInMs, isWait: false } });
}
