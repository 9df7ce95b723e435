import * as consent from '@gangway/contract/consent';
import { createHandOffLink } from '@gangway/domain/consent/create-hand-off-link';
import { followHandOff } from '@gangway/domain/consent/follow-hand-off';
import { getConsent } from '@gangway/domain/consent/get-consent';
import { openHandOff } from '@gangway/domain/consent/open-hand-off';
import { revokeHandOffLink } from '@gangway/domain/consent/revoke-hand-off-link';
import { startConsent } from '@gangway/domain/consent/start-consent';
import { publicProcedure, workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

const run = workspaceProcedure('onboarding:run');

export const consentRouter = t.router({
  get: workspaceProcedure('onboarding:read')
    .input(consent.get.in)
    .output(consent.get.out)
    .query(({ ctx, input }) => getConsent(ctx.scope, input)),
  start: run
    .input(consent.start.in)
    .output(consent.start.out)
    .mutation(({ ctx, input }) => startConsent(ctx.scope, input)),
  createHandOffLink: run
    .input(consent.createHandOffLink.in)
    .output(consent.createHandOffLink.out)
    .mutation(({ ctx, input }) => createHandOffLink(ctx.scope, input)),
  revokeHandOffLink: run
    .input(consent.revokeHandOffLink.in)
    .output(consent.revokeHandOffLink.out)
    .mutation(({ ctx, input }) => revokeHandOffLink(ctx.scope, input)),
  // It writes nothing, but a token in an address would stand in logs on the way.
  openHandOff: publicProcedure
    .input(consent.openHandOff.in)
    .output(consent.openHandOff.out)
    .mutation(({ ctx, input }) => openHandOff(ctx, input)),
  followHandOff: publicProcedure
    .input(consent.followHandOff.in)
    .output(consent.followHandOff.out)
    .mutation(({ ctx, input }) => followHandOff(ctx, input)),
});
