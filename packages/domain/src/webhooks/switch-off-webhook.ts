import type { Transaction } from '@gangway/db/client';

/**
 * Switches an endpoint off, and gives up what waits for it: nothing goes there any more but what somebody asks for. An
 * endpoint that was removed is left alone.
 */
export async function switchOffWebhook(
  tx: Pick<Transaction, 'webhookEndpoint' | 'webhookDelivery'>,
  id: string,
): Promise<void> {
  await tx.webhookEndpoint.updateMany({
    where: { id, disabledAt: null },
    data: { disabledAt: new Date() },
  });
  await tx.webhookDelivery.updateMany({
    where: { endpointId: id, status: 'queued' },
    data: { status: 'failed' },
  });
}
