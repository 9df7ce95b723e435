import type { RunSignal } from '../port.js';
import type { Registry } from '../step.js';
import { requestCancel } from './request-cancel.js';
import { requestUpdate } from './request-update.js';
import type { Sql } from './sql.js';

/** Records a signal on the run's row, where the worker finds it. For the errors see the two requests. */
export async function sendSignal(
  sql: Sql,
  registry: Registry,
  operationRunId: string,
  signal: RunSignal,
): Promise<void> {
  if (signal.kind === 'cancel')
    await requestCancel(sql, { operationRunId, reason: signal.reason, by: signal.by });
  else await requestUpdate(sql, registry, { operationRunId, field: signal.field, value: signal.value });
}
