import { BOOTSTRAP_TYPES, type BootstrapType, type OperationType } from '@gangway/contract/operation-types';
import type { Plan } from '@gangway/engine/plan';
import { bootstrapPlan } from './bootstrap/plan.js';
import { providerConnectionCheckPlan } from './provider-connection-check/plan.js';
import { tenantCreatePlan } from './tenant-create/plan.js';
import { tenantDeletePlan } from './tenant-delete/plan.js';

const bootstrapPlans = Object.fromEntries(
  BOOTSTRAP_TYPES.map((type) => [type, bootstrapPlan(type)]),
) as Record<BootstrapType, Plan>;

/** The plan of every operation. Pure: this file and what it imports are bundled into Temporal's workflows. */
export const PLANS: Readonly<Record<OperationType, Plan>> = {
  'provider.connection.check': providerConnectionCheckPlan,
  ...bootstrapPlans,
  'tenant.create': tenantCreatePlan,
  'tenant.delete': tenantDeletePlan,
};
