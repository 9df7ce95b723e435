import * as contract from '@gangway/contract/provisioning/audit-events';
import { listPartnerAuditEvents } from '@gangway/domain/audit/list-partner-audit-events';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const auditEventsRouter = t.router({
  /**
   * List what was done with your credentials, newest first. Denials included. What happens inside a
   * workspace belongs to its members and is not listed.
   */
  list: partnerProcedure('audit:read')
    .input(contract.auditEventQuery)
    .output(contract.auditEventList)
    .query(({ ctx, input }) => listPartnerAuditEvents(ctx.scope, input)),
});
