import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { House } from '../house.js';
import { DEFAULT_TEMPLATES } from '../mail-templates/default-templates.js';
import { renderTemplate } from '../mail-templates/render-template.js';
import type { KeyRing } from '../secrets/key-ring.js';
import { seal } from '../secrets/seal.js';
import type { MailBody } from './mail-body.js';
import type { TemplatedMail } from './welcome-mail.js';

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
export async function queueMail(
  tx: Prisma.TransactionClient,
  house: Pick<House, 'keys' | 'mailFrom'>,
  mail: Mail,
  id: string = uuidv7(),
): Promise<string> {
  await tx.mailMessage.create({
    data: {
      id,
      messageId: messageIdOf(house.mailFrom, id),
      tenant: mail.tenant,
      recipient: mail.to,
      sender: house.mailFrom,
      subject: mail.subject,
      bodyCiphertext: await sealMailBody(house.keys, mail.tenant, id, mail),
    },
  });
  return id;
}

/** The Message-ID of a mail: the same for every attempt to send it. */
export function messageIdOf(mailFrom: string, mailId: string): string {
  const domain = /@([^>\s]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost';
  return `<${mailId}@${domain}>`;
}

/** Encrypts what a mail says, for its row of the outbox. */
export function sealMailBody(
  keys: KeyRing,
  tenant: string | null,
  mailId: string,
  body: { text: string; html?: string },
): Promise<string> {
  return sealBody(keys, tenant, mailId, { text: body.text, html: body.html ?? null });
}

/**
 * Encrypts what the variables of a mail stand for; the words are put around them when it is sent, those of the row's
 * `template` or those of the house. `subject` is what the house would say.
 */
export async function sealTemplatedMail(
  keys: KeyRing,
  tenant: string | null,
  mailId: string,
  { template, values }: TemplatedMail,
): Promise<{ subject: string; bodyCiphertext: string }> {
  return {
    subject: renderTemplate(template, DEFAULT_TEMPLATES[template], values).subject,
    bodyCiphertext: await sealBody(keys, tenant, mailId, { template, values }),
  };
}

async function sealBody(
  keys: KeyRing,
  tenant: string | null,
  mailId: string,
  body: MailBody,
): Promise<string> {
  const place = { owner: tenant ?? 'house', row: mailId, field: 'body' };
  return (await seal(keys, place, JSON.stringify(body))).ciphertext;
}
