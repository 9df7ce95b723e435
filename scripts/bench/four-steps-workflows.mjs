// What the Temporal workers of the bench execute.
import { defineWorkflows } from '../../packages/engine/dist/temporal/define-workflows.js';
import { FOUR_STEPS } from './four-steps.mjs';

export const { tenantCreationWorkflow, operationRunWorkflow, healthCheckWorkflow } = defineWorkflows({
  [FOUR_STEPS.type]: FOUR_STEPS,
});
