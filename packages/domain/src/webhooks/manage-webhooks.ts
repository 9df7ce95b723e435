import type { pageQuery } from '@gangway/contract/provisioning/shared';
import type {
  createdWebhook,
  newWebhook,
  webhook,
  webhookList,
  webhookPatch,
} from '@gangway/contract/provisioning/webhooks';
import type { WebhookEndpoint } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';
import { requireBelowLimit } from '../limits/object-limits.js';
import { toCursorId, toPage } from '../page.js';
import { seal } from '../secrets/seal.js';
import { secretPlace } from './deliver-webhooks.js';
import { requirePublicUrl } from './require-public-url.js';
import { createWebhookSecret } from './sign-webhook.js';
import { switchOffWebhook } from './switch-off-webhook.js';

type Webhook = z.infer<typeof webhook>;
type WebhookRef = { readonly id: string };

/**
 * Registers an endpoint. Its secret is in this answer and nowhere else; an endpoint of an earlier attempt with the same id,
 * whose secret nobody was told, is replaced. @throws AppError invalid where the URL leads inside; conflict
 * `webhook.limit_reached`
 */
export async function createWebhook(
  scope: PartnerScope,
  input: z.output<typeof newWebhook>,
  id: string = uuidv7(),
): Promise<z.infer<typeof createdWebhook>> {
  await requirePublicUrl(input.url);
  const { app, partnerId } = scope;
  const secret = createWebhookSecret();
  const { ciphertext } = await seal(app.keys, secretPlace(partnerId, id), secret);
  return writeAsPartner(scope, async (tx) => {
    await tx.webhookEndpoint.deleteMany({ where: { id, partnerId } });
    await requireBelowLimit(tx, 'webhooks', partnerId, () =>
      tx.webhookEndpoint.count({ where: { partnerId } }),
    );
    const row = await tx.webhookEndpoint.create({
      data: {
        id,
        partnerId,
        url: input.url,
        events: [...new Set(input.events)],
        secretCiphertext: ciphertext,
      },
    });
    await audit(tx, scope, { action: 'webhooks.create', targetKind: 'webhook', targetId: id });
    return { ...toWebhook(row), secret };
  });
}

/** The partner's endpoints, newest first. */
export async function listWebhooks(
  scope: PartnerScope,
  input: z.output<typeof pageQuery>,
): Promise<z.infer<typeof webhookList>> {
  const before = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.webhookEndpoint.findMany({
    where: { partnerId: scope.partnerId, ...(before ? { id: { lt: before } } : {}) },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  const page = toPage(rows, input.limit, toWebhook);
  return { items: page.items, next_cursor: page.nextCursor };
}

/** One endpoint. @throws AppError not_found */
export async function getWebhook(scope: PartnerScope, { id }: WebhookRef): Promise<Webhook> {
  const row = await scope.app.db.prisma.webhookEndpoint.findFirst({
    where: { id, partnerId: scope.partnerId },
  });
  if (!row) throw notFound();
  return toWebhook(row);
}

/** Changes an endpoint, or switches it on, or off, which gives up what waits for it. @throws AppError not_found, invalid */
export async function updateWebhook(
  scope: PartnerScope,
  input: WebhookRef & z.output<typeof webhookPatch>,
): Promise<Webhook> {
  const { id, url, events, enabled } = input;
  if (url !== undefined) await requirePublicUrl(url);
  await writeAsPartner(scope, async (tx) => {
    const changed = await tx.webhookEndpoint.updateMany({
      where: { id, partnerId: scope.partnerId },
      data: {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events: [...new Set(events)] }),
        ...(enabled ? { disabledAt: null } : {}),
      },
    });
    if (changed.count === 0) throw notFound();
    if (enabled === false) await switchOffWebhook(tx, id);
    await audit(tx, scope, { action: 'webhooks.update', targetKind: 'webhook', targetId: id });
  });
  return getWebhook(scope, { id });
}

/** Removes an endpoint with its deliveries. @throws AppError not_found */
export async function deleteWebhook(scope: PartnerScope, { id }: WebhookRef): Promise<void> {
  await writeAsPartner(scope, async (tx) => {
    const removed = await tx.webhookEndpoint.deleteMany({ where: { id, partnerId: scope.partnerId } });
    if (removed.count === 0) throw notFound();
    await audit(tx, scope, { action: 'webhooks.delete', targetKind: 'webhook', targetId: id });
  });
}

/** An endpoint as it is shown: without its secret. */
export function toWebhook(row: WebhookEndpoint): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: row.events as Webhook['events'],
    enabled: row.disabledAt === null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
