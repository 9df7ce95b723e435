import { defineWorkflows } from '../temporal/define-workflows.js';
import { TEST_PLANS } from './test-plan.js';

export const { tenantCreationWorkflow, operationRunWorkflow, healthCheckWorkflow } =
  defineWorkflows(TEST_PLANS);
