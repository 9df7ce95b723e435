import type { WebhookEvent } from '@gangway/contract/provisioning/webhooks';
import { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';

/** Whose event it is: the partner's own, or of a workspace whose tenant is the partner's. */
export type EventOwner = { readonly partnerId: string } | { readonly workspaceId: string };

export interface WebhookNews {
  readonly event: WebhookEvent;
  readonly data: Prisma.InputJsonObject;
}

/** Puts events in the outbox of every endpoint that wants them, in the transaction of their cause; workers deliver them. */
export async function queueWebhooks(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  owner: EventOwner,
  news: readonly WebhookNews[],
): Promise<void> {
  await tx.$executeRaw(webhookRows(owner, news));
}

/**
 * The same as a statement, for those who write it together with others. It holds the endpoints it found: one that is
 * removed meanwhile is left out, where its cause would fail of the reference to nothing.
 */
export function webhookRows(owner: EventOwner, news: readonly WebhookNews[]): Prisma.Sql {
  const partnerId = 'partnerId' in owner ? owner.partnerId : null;
  const workspaceId = 'workspaceId' in owner ? owner.workspaceId : null;
  const numbered = news.map((item) => ({ id: uuidv7(), ...item }));
  return Prisma.sql`
    INSERT INTO webhook_deliveries (id, endpoint_id, event_id, event, payload)
    SELECT gen_random_uuid(), e.id, (n->>'id')::uuid, n->>'event',
           jsonb_build_object('type', n->'event', 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', n->'data')
      FROM jsonb_array_elements(${JSON.stringify(numbered)}::jsonb) n
      JOIN webhook_endpoints e ON e.disabled_at IS NULL AND n->>'event' = ANY (e.events)
     WHERE e.partner_id = coalesce(${partnerId}::uuid,
             (SELECT t.partner_id FROM workspaces w JOIN tenants t ON t.tenant = w.tenant WHERE w.id = ${workspaceId}::uuid))
       FOR KEY SHARE OF e`;
}
