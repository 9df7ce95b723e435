import type { JsonObject } from '@gangway/engine/json';
import { uuidv7 } from 'uuidv7';
import { deliverMailNow } from '../../mail/deliver-mail.js';
import { messageIdOf, sealTemplatedMail } from '../../mail/queue-mail.js';
import { welcomeMail, type Entrance } from '../../mail/welcome-mail.js';
import { openTemporaryPassword } from '../../provisioning/seal-temporary-password.js';
import { TEMPORARY_PASSWORD_HOURS } from '../../provisioning/temporary-password.js';
import { createToken } from '../../secrets/token.js';
import type { WelcomeOutput } from './plan.js';
import type { TenantStep, TenantUndo } from './tenant-step.js';

/**
 * Puts the welcome mail in the outbox and makes the tenant active, in one statement; then tries to send it at once.
 * A mail service that is away does not undo a tenant: the mail stays queued, and the run says so.
 */
export async function sendWelcomeMail(step: TenantStep): Promise<JsonObject & WelcomeOutput> {
  const { house, tenantId, input, ctx } = step;
  const { entrance, tokenHash } = await prepareEntrance(step);
  const mail = welcomeMail({
    tenantName: input.tenantName,
    admin: input.adminUser,
    appUrl: house.appUrl,
    validHours: TEMPORARY_PASSWORD_HOURS,
    entrance,
  });
  const { subject, bodyCiphertext } = await sealTemplatedMail(house.keys, tenantId, input.mailId, mail);
  const { recordsOnly } = house.mail;
  const { startedBy } = ctx.run;
  const [row] = await house.db.prisma.$queryRaw<{ activated_at: Date }[]>`
    WITH mail AS (
      INSERT INTO mail_messages (id, message_id, tenant, recipient, sender, subject, body_ciphertext, template, status, attempts, sent_at)
      VALUES (${input.mailId}::uuid, ${messageIdOf(house.mailFrom, input.mailId)}, ${tenantId}::uuid, ${input.adminUser.email}, ${house.mailFrom},
              ${subject}, ${bodyCiphertext},
              (SELECT jsonb_build_object('subject', t.subject, 'text', t.text, 'html', t.html)
                 FROM mail_templates t WHERE t.partner_id = ${ctx.run.partnerId}::uuid AND t.key = ${mail.template}),
              CASE WHEN ${recordsOnly} THEN 'sent' ELSE 'queued' END, CASE WHEN ${recordsOnly} THEN 1 ELSE 0 END,
              CASE WHEN ${recordsOnly} THEN now() END)
      ON CONFLICT (id) DO NOTHING
      RETURNING id
    ), link AS (
      INSERT INTO user_links (id, user_id, purpose, token_hash, expires_at)
      SELECT ${uuidv7()}::uuid, ${input.adminUserId}::uuid, 'set_up', ${tokenHash}, now() + ${TEMPORARY_PASSWORD_HOURS} * interval '1 hour'
        FROM mail WHERE ${tokenHash}::bytea IS NOT NULL
    ), activated AS (
      UPDATE tenants SET status = 'active', updated_at = now() WHERE tenant = ${tenantId}::uuid AND status = 'provisioning'
      RETURNING tenant, partner_id, updated_at
    ), audited AS (
      INSERT INTO audit_events (id, partner_id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id)
      SELECT ${uuidv7()}::uuid, partner_id, ${startedBy.kind}, ${startedBy.id}, ${startedBy.label}, 'tenants.created', 'allowed', 'tenant', tenant::text
        FROM activated
    )
    SELECT updated_at AS activated_at FROM activated
    UNION ALL SELECT updated_at FROM tenants WHERE tenant = ${tenantId}::uuid AND status <> 'provisioning'`;
  const emailSent = recordsOnly || (await deliverMailNow(house, house.mail, input.mailId, ctx.signal));
  return { mailId: input.mailId, emailSent, activatedAt: (row?.activated_at ?? new Date()).toISOString() };
}

/** The temporary password as it was made; where there is none, or it is gone already, a link to set one. */
async function prepareEntrance({
  house,
  tenantId,
  input,
}: TenantStep): Promise<{ entrance: Entrance; tokenHash: Uint8Array<ArrayBuffer> | null }> {
  if (input.credentialDelivery === 'temporary_password') {
    const kept = await house.db.prisma.temporaryPassword.findUnique({ where: { userId: input.adminUserId } });
    if (kept) {
      const password = await openTemporaryPassword(house.keys, tenantId, input.adminUserId, kept.ciphertext);
      return { entrance: { kind: 'temporary_password', password }, tokenHash: null };
    }
  }
  const { token, hash } = createToken();
  return {
    entrance: { kind: 'setup_link', link: `${house.appUrl}/set-password?token=${token}` },
    tokenHash: hash,
  };
}

export const withdrawWelcomeMail: TenantUndo = {
  list: ({ house, input }) => house.db.prisma.$queryRaw`
    SELECT 'unsent mail' AS what, id FROM mail_messages WHERE id = ${input.mailId}::uuid AND status = 'queued'`,
  undo: async ({ house, tenantId, input }) => {
    await house.db.prisma.$executeRaw`
      WITH tenant AS (UPDATE tenants SET status = 'provisioning', updated_at = now() WHERE tenant = ${tenantId}::uuid AND status = 'active')
      UPDATE mail_messages SET status = 'withdrawn', body_ciphertext = NULL WHERE id = ${input.mailId}::uuid AND status = 'queued'`;
  },
};
