/** The workflows of the product, as Temporal bundles them. Pure, like the plans they are made of. */
import { defineWorkflows } from '@gangway/engine/temporal/define-workflows';
import { PLANS } from './plans.js';

export const { tenantCreationWorkflow, operationRunWorkflow, healthCheckWorkflow } = defineWorkflows(PLANS);
