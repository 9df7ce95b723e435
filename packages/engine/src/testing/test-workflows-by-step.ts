/** The workflows of a worker of the version before: each step of a run is an activity of its own. */
import { proxyActivities } from '@temporalio/workflow';
import { executeByStep } from '../temporal/execute-by-step.js';
import type { RunActivities, RunReference } from '../temporal/protocol.js';
import { TEST_PLANS } from './test-plan.js';

const rows = proxyActivities<RunActivities>({ startToCloseTimeout: '15 seconds' });

export const operationRunWorkflow = (reference: RunReference) =>
  executeByStep(rows, TEST_PLANS[reference.type], () => Promise.resolve(reference));
export const tenantCreationWorkflow = operationRunWorkflow;
