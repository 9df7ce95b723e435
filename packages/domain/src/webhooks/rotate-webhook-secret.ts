import type {
  createdWebhook,
  rotateWebhookSecret as rotation,
} from '@gangway/contract/provisioning/webhooks';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { notFound } from '../errors.js';
import { seal, unseal } from '../secrets/seal.js';
import { secretPlace } from './deliver-webhooks.js';
import { toWebhook } from './manage-webhooks.js';
import { createWebhookSecret } from './sign-webhook.js';

const HOUR_MS = 3_600_000;

/**
 * A new secret, shown in this answer only; the old one signs too for the overlap. Of earlier ones none is kept: the secret
 * before the old one signs no more, so that a second rotation gets rid of what leaked before the first. `auditEventId` is the same
 * for every attempt under one idempotency key, and the id of the audit event of the one that did it: what that one did is
 * done, and a later one is told the endpoint's secret as it stands. @throws AppError not_found
 */
export async function rotateWebhookSecret(
  scope: PartnerScope,
  { id, overlap_hours }: { readonly id: string } & z.output<typeof rotation>,
  auditEventId: string = uuidv7(),
): Promise<z.infer<typeof createdWebhook>> {
  const { app, partnerId } = scope;
  const place = secretPlace(partnerId, id);
  const secret = createWebhookSecret();
  const { ciphertext } = await seal(app.keys, place, secret);
  const expiresAt = new Date(Date.now() + overlap_hours * HOUR_MS);
  return writeAsPartner(scope, async (tx) => {
    // One rotation after the other: each has to see whether the one before was itself, and what its secret is.
    await tx.$queryRaw`SELECT id FROM webhook_endpoints WHERE id = ${id}::uuid AND partner_id = ${partnerId}::uuid FOR NO KEY UPDATE`;
    const old = await tx.webhookEndpoint.findFirst({ where: { id, partnerId } });
    if (!old) throw notFound();
    const done = await tx.auditEvent.findUnique({
      where: { id: auditEventId, partnerId },
      select: { id: true },
    });
    if (done) return { ...toWebhook(old), secret: await unseal(app.keys, place, old.secretCiphertext) };
    const row = await tx.webhookEndpoint.update({
      where: { id },
      data: {
        secretCiphertext: ciphertext,
        previousSecretCiphertext: overlap_hours === 0 ? null : old.secretCiphertext,
        previousSecretExpiresAt: overlap_hours === 0 ? null : expiresAt,
      },
    });
    await audit(tx, scope, {
      ...{ id: auditEventId, action: 'webhooks.rotateSecret', targetKind: 'webhook', targetId: id },
      data: { overlapHours: overlap_hours },
    });
    return { ...toWebhook(row), secret };
  });
}
