import { fillSubject } from '../mail-templates/fill.js';
import { DEFAULT_LINES } from '../mail-templates/defaults/default-lines.js';
import type { KeyRing } from '../secrets/key-ring.js';
import { seal } from '../secrets/seal.js';
import type { MailBody } from './mail-body.js';
import type { TemplatedMail } from './welcome-mail.js';

/**
 * The Message-ID of a mail: the same for every attempt to send it, so that sending twice is seen as one mail. Workers send
 * what stands in the outbox; its row is written in the transaction of its cause.
 */
export function messageIdOf(mailFrom: string, mailId: string): string {
  const domain = /@([^>\s]+)>?$/.exec(mailFrom)?.[1] ?? 'localhost';
  return `<${mailId}@${domain}>`;
}

/**
 * Encrypts what the variables of a mail stand for, as it may carry a link or a one-time password. The words are put around
 * them when it is sent, those of the row's `template` or the defaults. `subject` is the default subject.
 * `tenant`: whose mail it is, or null for default mail.
 */
export async function sealTemplatedMail(
  keys: KeyRing,
  tenant: string | null,
  mailId: string,
  { template, values }: TemplatedMail,
): Promise<{ subject: string; bodyCiphertext: string }> {
  const place = { owner: tenant ?? 'house', row: mailId, field: 'body' };
  const body: MailBody = { template, values };
  return {
    subject: fillSubject(DEFAULT_LINES[template].subject, values),
    bodyCiphertext: (await seal(keys, place, JSON.stringify(body))).ciphertext,
  };
}
