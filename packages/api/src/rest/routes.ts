import type { Route } from './route.js';
import { analyticsRoutes } from './routes/analytics.js';
import { apiKeyRoutes } from './routes/api-keys.js';
import { auditEventRoutes } from './routes/audit-events.js';
import { mailTemplateRoutes } from './routes/mail-templates.js';
import { operationRunRoutes } from './routes/operation-runs.js';
import { tenantRoutes } from './routes/tenants.js';
import { webhookRoutes } from './routes/webhooks.js';

/** Every route of the partner plane that answers with JSON; the OpenAPI document is written from the same list. */
export const ROUTES: readonly Route[] = [
  ...tenantRoutes,
  ...operationRunRoutes,
  ...apiKeyRoutes,
  ...webhookRoutes,
  ...analyticsRoutes,
  ...mailTemplateRoutes,
  ...auditEventRoutes,
];
