/**
 * The workflows, over whatever plans the product has. Bundled by Temporal: only what is pure may be imported here. A
 * workflow file is two lines: it exports `tenantCreationWorkflow`, `operationRunWorkflow` and `healthCheckWorkflow` of
 * what this returns for its plans.
 */
import type { OperationType } from '@gangway/contract/operation-types';
import { patched, proxyActivities } from '@temporalio/workflow';
import type { JsonObject } from '../json.js';
import type { Plan } from '../plan.js';
import { executeByStep } from './execute-by-step.js';
import { executeInStays, type RunToExecute } from './execute-in-stays.js';
import type { HealthReport, RunActivities } from './protocol.js';
import { isObject, readRunReference } from './read-arguments.js';
import { validationError } from './validation-error.js';

// Reads and writes of our own rows: they succeed as soon as the database is there.
const rows = proxyActivities<RunActivities>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

export function defineWorkflows(plans: Readonly<Record<OperationType, Plan>>) {
  // Workflows that began before this are replayed as they went, and their runs go on step by step.
  const execute = (run: RunToExecute): Promise<JsonObject | null> =>
    patched('a stay of a run is one activity')
      ? executeInStays(run, rows)
      : executeByStep(rows, plans[run.type], run.acquire, run.readResult);

  return {
    /** Any run whose row is there already. */
    operationRunWorkflow: async (start: unknown): Promise<JsonObject | null> => {
      const reference = readRunReference(start, Object.keys(plans));
      if (!reference) throw validationError('The argument must be {operationRunId, type}');
      return execute({ type: reference.type, acquire: () => Promise.resolve(reference) });
    },

    /** The creation of a tenant: started by our dispatcher with a reference, or by anybody with the documented input. */
    tenantCreationWorkflow: async (start: unknown): Promise<JsonObject | null> => {
      const type = 'tenant.create';
      if (!isObject(start)) throw validationError('The argument must be an object');
      if (!('operationRunId' in start))
        return execute({ type, acquire: () => rows.adopt_run(start), readResult: rows.read_result });
      const reference = readRunReference({ type, ...start }, [type]);
      if (!reference) throw validationError(`The argument must be {operationRunId, type: '${type}'}`);
      return execute({ type, acquire: () => Promise.resolve(reference) });
    },

    /** Asks a worker whether database, mail transport and keys do what they should. */
    healthCheckWorkflow: (): Promise<HealthReport> => rows.check_health(),
  };
}
