import type { Database } from '@gangway/db/client';
import { RunConflict } from '../errors.js';
import type { RecordWithin, RunSignal } from '../port.js';
import type { Registry } from '../step.js';
import { getRun } from './get-run.js';
import { requestCancel } from './request-cancel.js';
import { requestUpdate } from './request-update.js';
import { type Sql, sqlOfTransaction } from './sql.js';

/**
 * Records a signal on the run's row, where the worker finds it, in the transaction of `within` or one of its own. For the
 * other errors see the two requests.
 * @throws RunConflict `run.not_cancellable`
 */
export async function sendSignal(
  db: Pick<Database, 'inTransaction'>,
  registry: Registry,
  operationRunId: string,
  signal: RunSignal,
  within: RecordWithin = (work) => db.inTransaction(work),
): Promise<void> {
  await within((tx) => record(sqlOfTransaction(tx), registry, operationRunId, signal));
}

async function record(
  sql: Sql,
  registry: Registry,
  operationRunId: string,
  signal: RunSignal,
): Promise<void> {
  if (signal.kind === 'update') {
    await requestUpdate(sql, registry, { operationRunId, field: signal.field, value: signal.value });
    return;
  }
  const { type, status } = await getRun(sql, operationRunId);
  if (registry[type].isFinal && status !== 'failed' && status !== 'succeeded')
    throw new RunConflict('run.not_cancellable');
  await requestCancel(sql, { operationRunId, reason: signal.reason, by: signal.by });
}
