import { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import type { House } from '../house.js';
import { partnerWords } from '../mail-templates/partner-words.js';
import type { MailValues } from '../mail-templates/template.js';
import { messageIdOf, sealTemplatedMail } from './seal-mail.js';

/**
 * Puts an invitation in the outbox, in the transaction of its cause, in the words of the partner to whom the workspace's
 * tenant belongs, or in those of the house.
 */
export async function queueInvitationMail(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  house: Pick<House, 'keys' | 'mailFrom'>,
  invitation: { readonly workspaceId: string; readonly values: MailValues<'invitation'> },
): Promise<void> {
  const { workspaceId, values } = invitation;
  const id = uuidv7();
  const { subject, bodyCiphertext } = await sealTemplatedMail(house.keys, null, id, {
    template: 'invitation',
    values,
  });
  const partnerId = Prisma.sql`(
    SELECT t.partner_id FROM workspaces w JOIN tenants t ON t.tenant = w.tenant WHERE w.id = ${workspaceId}::uuid)`;
  await tx.$executeRaw`
    INSERT INTO mail_messages (id, message_id, recipient, sender, subject, body_ciphertext, template)
    VALUES (${id}::uuid, ${messageIdOf(house.mailFrom, id)}, ${values.email}, ${house.mailFrom}, ${subject}, ${bodyCiphertext},
            ${partnerWords(partnerId, Prisma.sql`'invitation'`)})`;
}
