import * as onboarding from '@gangway/contract/onboarding';
import { abandonSession } from '@gangway/domain/onboarding/abandon-session';
import { completeSession } from '@gangway/domain/onboarding/complete-session';
import { getSession } from '@gangway/domain/onboarding/get-session';
import { identifyTenant } from '@gangway/domain/onboarding/identify-tenant';
import { listSessions } from '@gangway/domain/onboarding/list-sessions';
import { selectConnection } from '@gangway/domain/onboarding/select-connection';
import { startBootstrap } from '@gangway/domain/onboarding/start-bootstrap';
import { startVerification } from '@gangway/domain/onboarding/start-verification';
import { workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

const read = workspaceProcedure('onboarding:read');
const run = workspaceProcedure('onboarding:run');

export const onboardingRouter = t.router({
  identifyTenant: run
    .input(onboarding.identifyTenant.in)
    .output(onboarding.identifyTenant.out)
    .mutation(({ ctx, input }) => identifyTenant(ctx.scope, input)),
  selectConnection: run
    .input(onboarding.selectConnection.in)
    .output(onboarding.selectConnection.out)
    .mutation(({ ctx, input }) => selectConnection(ctx.scope, input)),
  startVerification: run
    .input(onboarding.startVerification.in)
    .output(onboarding.startVerification.out)
    .mutation(({ ctx, input }) => startVerification(ctx.scope, input)),
  startBootstrap: run
    .input(onboarding.startBootstrap.in)
    .output(onboarding.startBootstrap.out)
    .mutation(({ ctx, input }) => startBootstrap(ctx.scope, input)),
  complete: run
    .input(onboarding.complete.in)
    .output(onboarding.complete.out)
    .mutation(({ ctx, input }) => completeSession(ctx.scope, input)),
  abandon: run
    .input(onboarding.abandon.in)
    .output(onboarding.abandon.out)
    .mutation(({ ctx, input }) => abandonSession(ctx.scope, input)),
  get: read
    .input(onboarding.get.in)
    .output(onboarding.get.out)
    .query(({ ctx, input }) => getSession(ctx.scope, input)),
  list: read
    .input(onboarding.list.in)
    .output(onboarding.list.out)
    .query(({ ctx, input }) => listSessions(ctx.scope, input)),
});
