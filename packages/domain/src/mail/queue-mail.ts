import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { House } from '../house.js';
import { seal } from '../secrets/seal.js';

export interface Mail {
  readonly to: string;
  /** Whose mail it is, or null for mail of the house. */
  readonly tenant: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
}

/**
 * Puts a mail in the outbox, in the transaction of its cause; workers send it. The body is encrypted at rest because it
 * may carry a link or a one-time password. The Message-ID is fixed here, so that sending twice is seen as one mail.
 */
export async function queueMail(tx: Prisma.TransactionClient, house: Pick<House, 'keys' | 'mailFrom'>, mail: Mail, id: string = uuidv7()): Promise<string> {
  const { ciphertext } = await seal(house.keys, { owner: mail.tenant ?? 'house', row: id, field: 'body' }, JSON.stringify({ text: mail.text, html: mail.html ?? null }));
  const domain = /@([^>\s]+)>?$/.exec(house.mailFrom)?.[1] ?? 'localhost';
  await tx.mailMessage.create({
    data: {
      id,
      messageId: `<${id}@${domain}>`,
      tenant: mail.tenant,
      recipient: mail.to,
      sender: house.mailFrom,
      subject: mail.subject,
      bodyCiphertext: ciphertext,
    },
  });
  return id;
}
