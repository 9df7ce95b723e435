import * as contract from '@gangway/contract/provisioning/analytics';
import { getAnalytics } from '@gangway/domain/provisioning/get-analytics';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const analyticsRouter = t.router({
  /** How creations went: counts, durations, reasons of failure. */
  get: partnerProcedure('analytics:read')
    .input(contract.analyticsQuery)
    .output(contract.analytics)
    .query(({ ctx, input }) => getAnalytics(ctx.scope, input)),
});
