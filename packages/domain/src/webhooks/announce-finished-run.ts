import type { Rows, RunRecord } from '@gangway/engine/port';
import { webhookRows, type WebhookNews } from './queue-webhooks.js';

/** Tells the partner's endpoints how a run ended, with its end. A parked run has not ended. */
export function announceFinishedRun(run: RunRecord): Rows {
  if (run.held) return [];
  const owner =
    run.partnerId !== null ? { partnerId: run.partnerId } : { workspaceId: run.workspaceId ?? '' };
  const { id, type, status, reasonCode } = run;
  const finished = { operation_run_id: id, type, status, reason_code: reasonCode };
  return [webhookRows(owner, [{ event: 'operation_run.finished', data: finished }, ...specialNews(run)])];
}

function specialNews(run: RunRecord): WebhookNews[] {
  const data = { operation_run_id: run.id, reason_code: run.reasonCode };
  const isGood = run.status === 'succeeded';
  switch (run.type) {
    case 'tenant.create':
      return [
        {
          event: isGood ? 'tenant.created' : 'tenant.creation_failed',
          data: { tenant: run.subjectId, ...data },
        },
      ];
    case 'tenant.delete':
      return isGood ? [{ event: 'tenant.deleted', data: { tenant: run.subjectId, ...data } }] : [];
    case 'provider.connection.check':
      return isGood
        ? [
            {
              event: 'managed_tenant.verified',
              data: { workspace_id: run.workspaceId, managed_tenant_id: run.managedTenantId, ...data },
            },
          ]
        : [];
    default:
      return [];
  }
}
