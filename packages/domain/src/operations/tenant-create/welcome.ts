import { Prisma } from '@gangway/db/client';
import type { JsonObject, PreparedRows } from '@gangway/engine/port';
import { uuidv7 } from 'uuidv7';
import { deliverMailNow } from '../../mail/deliver-mail.js';
import { messageIdOf, sealTemplatedMail } from '../../mail/seal-mail.js';
import { welcomeMail, type Entrance } from '../../mail/welcome-mail.js';
import { partnerTemplate } from '../../mail-templates/partner-template.js';
import { openTemporaryPassword } from '../../provisioning/seal-temporary-password.js';
import { TEMPORARY_PASSWORD_HOURS } from '../../provisioning/temporary-password.js';
import { createToken } from '../../secrets/token.js';
import type { TenantStep, TenantUndo } from './tenant-step.js';

/** Puts the welcome mail in the outbox and makes the tenant active. Where mails are only recorded, that is all. */
export async function queueWelcomeMail(step: TenantStep): Promise<PreparedRows> {
  const { app, tenantId, input, ctx } = step;
  const { entrance, tokenHash } = await prepareEntrance(step);
  const mail = welcomeMail({
    tenantName: input.tenantName,
    admin: input.adminUser,
    appUrl: app.appUrl,
    validHours: TEMPORARY_PASSWORD_HOURS,
    entrance,
  });
  const { subject, bodyCiphertext } = await sealTemplatedMail(app.keys, tenantId, input.mailId, mail);
  const isSent = app.mail.recordsOnly;
  const message = Prisma.sql`
    INSERT INTO mail_messages (id, message_id, tenant, recipient, sender, subject, body_ciphertext, template, status, attempts, sent_at)
    SELECT ${input.mailId}::uuid, ${messageIdOf(app.mailFrom, input.mailId)}, ${tenantId}::uuid, ${input.adminUser.email},
           ${app.mailFrom}, ${subject}, ${bodyCiphertext},
           ${partnerTemplate(Prisma.sql`${ctx.run.partnerId}::uuid`, Prisma.sql`${mail.template}`)},
           ${isSent ? 'sent' : 'queued'}, ${isSent ? 1 : 0}::int, CASE WHEN ${isSent}::boolean THEN now() END FROM run
    ON CONFLICT (id) DO NOTHING`;
  const link = Prisma.sql`
    INSERT INTO user_links (id, user_id, purpose, token_hash, expires_at)
    SELECT ${uuidv7()}::uuid, ${input.adminUserId}::uuid, 'set_up', ${tokenHash}::bytea, now() + ${TEMPORARY_PASSWORD_HOURS}::int * interval '1 hour'
      FROM run WHERE NOT EXISTS (SELECT FROM mail_messages WHERE id = ${input.mailId}::uuid)`;
  const active = Prisma.sql`
    UPDATE tenants SET status = 'active', contract_line = ${input.contractLine}, updated_at = now()
      FROM run WHERE tenant = ${tenantId}::uuid AND tenants.status = 'provisioning'`;
  const output = { mailId: input.mailId, emailSent: isSent };
  return { output, rows: [message, ...(tokenHash ? [link] : []), active] };
}

/**
 * Sends what was queued at once. A mail service that is away does not undo a tenant: the mail stays queued, and the run
 * says so.
 */
export async function sendWelcomeMail({ app, input, ctx }: TenantStep): Promise<JsonObject> {
  const emailSent = await deliverMailNow(app, app.mail, input.mailId, ctx.signal);
  return { mailId: input.mailId, emailSent };
}

/** The temporary password as it was made; where there is none, or it is gone already, a link to set one. */
async function prepareEntrance({
  app,
  tenantId,
  input,
  ctx,
}: TenantStep): Promise<{ entrance: Entrance; tokenHash: Uint8Array<ArrayBuffer> | null }> {
  if (input.credentialDelivery === 'temporary_password') {
    const password =
      ctx.handedOver['creating_admin_user'] ?? (await findTemporaryPassword(app, tenantId, input));
    if (typeof password === 'string')
      return { entrance: { kind: 'temporary_password', password }, tokenHash: null };
  }
  const { token, hash } = createToken();
  return {
    entrance: { kind: 'setup_link', link: `${app.appUrl}/set-password?token=${token}` },
    tokenHash: hash,
  };
}

async function findTemporaryPassword(
  app: TenantStep['app'],
  tenantId: string,
  { adminUserId }: TenantStep['input'],
): Promise<string | null> {
  const kept = await app.db.prisma.temporaryPassword.findUnique({ where: { userId: adminUserId } });
  return kept && openTemporaryPassword(app.keys, tenantId, adminUserId, kept.ciphertext);
}

export const withdrawWelcomeMail: TenantUndo = {
  list: ({ app, input }) => app.db.prisma.$queryRaw`
    SELECT 'unsent mail' AS what, id FROM mail_messages WHERE id = ${input.mailId}::uuid AND status = 'queued'`,
  undo: async ({ app, tenantId, input, ctx }) => {
    await app.db.prisma.$executeRaw`
      WITH tenant AS (UPDATE tenants SET status = 'provisioning', updated_at = now()
                       WHERE tenant = ${tenantId}::uuid AND operation_run_id = ${ctx.run.id}::uuid)
      UPDATE mail_messages SET status = 'withdrawn', body_ciphertext = NULL WHERE id = ${input.mailId}::uuid AND status = 'queued'`;
  },
};
