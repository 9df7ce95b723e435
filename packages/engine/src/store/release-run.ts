import type { Sql } from './sql.js';
import { writeRun } from './write-run.js';

/** Gives a run up without changing it; it is due again after so many milliseconds. @throws LeaseLost */
export async function releaseRun(
  sql: Sql,
  operationRunId: string,
  fence: number,
  dueInMs: number,
): Promise<void> {
  await writeRun(sql, operationRunId, fence, { run: {}, events: [], lease: { dueInMs, isWait: false } });
}
