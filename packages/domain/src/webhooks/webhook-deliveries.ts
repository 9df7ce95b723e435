import type { pageQuery } from '@gangway/contract/provisioning/shared';
import type { webhookDelivery, webhookDeliveryList } from '@gangway/contract/provisioning/webhooks';
import type { WebhookDelivery } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';
import { invalidCursor, toCursorId, toPage } from '../page.js';

type Delivery = z.infer<typeof webhookDelivery>;
type Ref = { readonly id: string };

/** What was sent to an endpoint and how it went, newest first. @throws AppError invalid for a cursor that is none of this list's */
export async function listDeliveries(
  scope: PartnerScope,
  input: Ref & z.output<typeof pageQuery>,
): Promise<z.infer<typeof webhookDeliveryList>> {
  const before = toCursorId(input.cursor);
  // Ids of one transaction are random; pages go by creation, told apart by id.
  const last = before
    ? await scope.app.db.prisma.webhookDelivery.findFirst({ where: { id: before, endpointId: input.id } })
    : null;
  // Of another list, or erased meanwhile: the first page again would have no end.
  if (before && !last) throw invalidCursor();
  const rows = await scope.app.db.prisma.webhookDelivery.findMany({
    where: {
      endpointId: input.id,
      endpoint: { partnerId: scope.partnerId },
      // The first condition says the same as the second, coarsely: by it the index is entered at the page.
      ...(last
        ? {
            createdAt: { lte: last.createdAt },
            OR: [{ createdAt: { lt: last.createdAt } }, { id: { lt: last.id } }],
          }
        : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: input.limit + 1,
  });
  const page = toPage(rows, input.limit, toDelivery);
  return { items: page.items, next_cursor: page.nextCursor };
}

/**
 * Queues a delivery of the event `operation_run.finished` with nothing real in it, to try an endpoint out. What an earlier
 * attempt with the same `deliveryId` queued is found again. @throws AppError not_found
 */
export async function testWebhook(
  scope: PartnerScope,
  { id }: Ref,
  deliveryId: string = uuidv7(),
): Promise<Delivery> {
  const payload = {
    type: 'operation_run.finished',
    timestamp: new Date().toISOString(),
    data: { test: true },
  };
  const { partnerId } = scope;
  const row = await writeAsPartner(scope, async (tx) => {
    // Whoever removes the endpoint meanwhile waits, or has removed it before: there is no delivery without one.
    const held = await tx.$queryRaw<unknown[]>`
      SELECT id FROM webhook_endpoints WHERE id = ${id}::uuid AND partner_id = ${partnerId}::uuid FOR KEY SHARE`;
    if (held.length === 0) throw notFound();
    const earlier = await tx.webhookDelivery.findFirst({ where: { id: deliveryId, endpointId: id } });
    if (earlier) return earlier;
    await audit(tx, scope, { action: 'webhooks.test', targetKind: 'webhook', targetId: id });
    return tx.webhookDelivery.create({
      data: { id: deliveryId, endpointId: id, eventId: uuidv7(), event: payload.type, payload },
    });
  });
  return toDelivery(row);
}

/** Sends an event again, under its own id, whatever became of it. @throws AppError not_found */
export async function redeliver(scope: PartnerScope, { id }: Ref): Promise<Delivery> {
  const row = await writeAsPartner(scope, async (tx) => {
    const changed = await tx.webhookDelivery.updateMany({
      where: { id, endpoint: { partnerId: scope.partnerId } },
      data: { status: 'queued', attempts: 0, nextAttemptAt: new Date(), deliveredAt: null, failure: null },
    });
    if (changed.count === 0) throw notFound();
    await audit(tx, scope, { action: 'webhooks.redeliver', targetKind: 'webhook_delivery', targetId: id });
    return tx.webhookDelivery.findUniqueOrThrow({ where: { id } });
  });
  return toDelivery(row);
}

function toDelivery(row: WebhookDelivery): Delivery {
  return {
    id: row.id,
    webhook_id: row.endpointId,
    event_id: row.eventId,
    event: row.event,
    status: row.status as Delivery['status'],
    attempts: row.attempts,
    response_code: row.responseCode,
    failure: row.failure as Delivery['failure'],
    next_attempt_at: row.status === 'queued' ? row.nextAttemptAt.toISOString() : null,
    created_at: row.createdAt.toISOString(),
    delivered_at: row.deliveredAt?.toISOString() ?? null,
  };
}
