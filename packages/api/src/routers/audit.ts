import * as audit from '@gangway/contract/audit';
import { listAuditEvents } from '@gangway/domain/audit/list-audit-events';
import { workspaceProcedure } from '../procedures.js';
import { t } from '../trpc.js';

export const auditRouter = t.router({
  list: workspaceProcedure('audit:read')
    .input(audit.list.in)
    .output(audit.list.out)
    .query(({ ctx, input }) => listAuditEvents(ctx.scope, input)),
});
