import * as contract from '@gangway/contract/provisioning/audit-events';
import { listPartnerAuditEvents } from '@gangway/domain/audit/list-partner-audit-events';
import { partnerProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const auditEventsRouter = t.router({
  list: partnerProcedure('audit:read')
    .input(contract.auditEventQuery)
    .output(contract.auditEventList)
    .query(({ ctx, input }) => listPartnerAuditEvents(ctx.scope, input)),
});
