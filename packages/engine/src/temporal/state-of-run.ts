import type { Json } from '../json.js';
import { outputsOf, type RunWithSteps } from '../run.js';
import type { WorkflowState } from './protocol.js';

/** What `getState` answers for a run. */
export function stateOfRun(run: RunWithSteps): WorkflowState {
  const outputs = Object.values(outputsOf(run.steps)).map(fieldsOf);
  const findId = (name: string) =>
    outputs.map((fields) => fields[name]).findLast((value) => typeof value === 'string');
  return {
    step: stepOf(run),
    progress: run.progress,
    tenantId: findId('tenantId') ?? null,
    adminUserId: findId('adminUserId') ?? null,
    companyId: findId('companyId') ?? null,
    emailSent: outputs.some((fields) => fields['emailSent'] === true),
    error: errorOf(run),
  };
}

function stepOf({ status, direction, step }: RunWithSteps): string {
  if (status === 'succeeded') return 'completed';
  if (status === 'failed') return 'failed';
  return direction === 'undo' ? 'rolling_back' : (step ?? 'queued');
}

/** While a run waits for its next attempt, its row has the reason of that wait: it is no error yet. */
function errorOf({ status, direction, reasonCode, failure }: RunWithSteps): string | null {
  if (status === 'failed') return reasonCode;
  return direction === 'undo' ? (failure?.reasonCode ?? null) : null;
}

const fieldsOf = (output: Json): Readonly<Record<string, Json>> =>
  typeof output === 'object' && output !== null && !Array.isArray(output)
    ? (output as Readonly<Record<string, Json>>)
    : {};
