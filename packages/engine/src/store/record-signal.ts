import type { RunStatus } from '@gangway/contract/operations';
import { RunConflictError } from '../errors.js';
import type { RunSignal } from '../port.js';
import { isEnded } from '../run.js';
import type { Registry } from '../step.js';
import { getRun } from './get-run.js';
import { requestCancel } from './request-cancel.js';
import { requestResume } from './request-resume.js';
import { requestRollBack } from './request-roll-back.js';
import { requestUpdate } from './request-update.js';
import type { Sql } from './sql.js';

/**
 * Records a signal on the run's row, where the worker finds it. For the other errors see the four requests.
 * @returns the status of the run at this moment
 * @throws RunConflictError `run.not_cancellable`
 */
export async function recordSignal(
  sql: Sql,
  registry: Registry,
  operationRunId: string,
  signal: RunSignal,
): Promise<RunStatus> {
  switch (signal.kind) {
    case 'update':
      return requestUpdate(sql, registry, { operationRunId, field: signal.field, value: signal.value });
    case 'resume':
      return requestResume(sql, operationRunId);
    case 'rollBack':
      return requestRollBack(sql, operationRunId);
    case 'cancel': {
      const run = await getRun(sql, operationRunId);
      if (registry[run.type].isFinal && !isEnded(run)) throw new RunConflictError('run.not_cancellable');
      return requestCancel(sql, { operationRunId, reason: signal.reason, by: signal.by });
    }
  }
}
