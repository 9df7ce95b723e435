/** The partner plane as procedures: the schemas, the verbs and the door are those of REST. */
import { analyticsRouter } from './provisioning/analytics.js';
import { apiKeysRouter } from './provisioning/api-keys.js';
import { auditEventsRouter } from './provisioning/audit-events.js';
import { mailTemplatesRouter } from './provisioning/mail-templates.js';
import { operationRunsRouter } from './provisioning/operation-runs.js';
import { tenantsRouter } from './provisioning/tenants.js';
import { webhooksRouter } from './provisioning/webhooks.js';
import { t } from './trpc.js';

/** Written down rather than inferred: declarations made from an inferred type lose the comments that editors show. */
export type PartnerRouters = {
  tenants: typeof tenantsRouter;
  operationRuns: typeof operationRunsRouter;
  apiKeys: typeof apiKeysRouter;
  analytics: typeof analyticsRouter;
  mailTemplates: typeof mailTemplatesRouter;
  auditEvents: typeof auditEventsRouter;
  webhooks: typeof webhooksRouter;
};

const routers: PartnerRouters = {
  tenants: tenantsRouter,
  operationRuns: operationRunsRouter,
  apiKeys: apiKeysRouter,
  analytics: analyticsRouter,
  mailTemplates: mailTemplatesRouter,
  auditEvents: auditEventsRouter,
  webhooks: webhooksRouter,
};
export const provisioningRouter = t.router(routers);
