import { auditRouter } from './routers/audit.js';
import { authRouter } from './routers/auth.js';
import { consentRouter } from './routers/consent.js';
import { connectionsRouter } from './routers/connections.js';
import { managedTenantsRouter } from './routers/managed-tenants.js';
import { invitationsRouter, membersRouter } from './routers/members.js';
import { onboardingRouter } from './routers/onboarding.js';
import { operationsRouter } from './routers/operations.js';
import { workspacesRouter } from './routers/workspaces.js';
import { provisioningRouter } from './provisioning-router.js';
import { t } from './trpc.js';

export const appRouter = t.router({
  auth: authRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  invitations: invitationsRouter,
  managedTenants: managedTenantsRouter,
  onboarding: onboardingRouter,
  connections: connectionsRouter,
  consent: consentRouter,
  operations: operationsRouter,
  audit: auditRouter,
  provisioning: provisioningRouter,
});

/** The type of every procedure, for the typed clients. */
export type AppRouter = typeof appRouter;
