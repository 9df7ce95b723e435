import { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import type { AppContext } from '../app-context.js';
import { partnerTemplate } from '../mail-templates/partner-template.js';
import type { MailValues } from '../mail-templates/template.js';
import { messageIdOf, sealTemplatedMail } from './seal-mail.js';

/**
 * Puts an invitation in the outbox, in the transaction of its cause, in the words of the partner to whom the workspace's
 * tenant belongs, or in the defaults.
 */
export async function queueInvitationMail(
  tx: Pick<Prisma.TransactionClient, '$executeRaw' | 'workspace'>,
  app: Pick<AppContext, 'keys' | 'mailFrom'>,
  invitation: { readonly workspaceId: string; readonly values: MailValues<'invitation'> },
): Promise<void> {
  const { workspaceId, values } = invitation;
  const id = uuidv7();
  const workspace = await tx.workspace.findUnique({ where: { id: workspaceId }, select: { tenant: true } });
  const tenant = workspace?.tenant ?? null;
  const { subject, bodyCiphertext } = await sealTemplatedMail(app.keys, tenant, id, {
    template: 'invitation',
    values,
  });
  const partnerId = Prisma.sql`(SELECT partner_id FROM tenants WHERE tenant = ${tenant}::uuid)`;
  await tx.$executeRaw`
    INSERT INTO mail_messages (id, message_id, tenant, recipient, sender, subject, body_ciphertext, template)
    VALUES (${id}::uuid, ${messageIdOf(app.mailFrom, id)}, ${tenant}::uuid, ${values.email}, ${app.mailFrom}, ${subject},
            ${bodyCiphertext}, ${partnerTemplate(partnerId, Prisma.sql`'invitation'`)})`;
}
