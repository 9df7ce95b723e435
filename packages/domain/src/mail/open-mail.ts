import { checkTemplate } from '../mail-templates/check-template.js';
import { renderMail } from '../mail-templates/render-mail.js';
import { mailTemplateWords, type MailTemplateContent } from '../mail-templates/template.js';
import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import type { KeyRing } from '../secrets/key-ring.js';
import { unseal } from '../secrets/seal.js';
import { mailBody } from './mail-body.js';

/** A row of the outbox, as far as it says what the mail says. */
export interface SealedMail {
  readonly id: string;
  readonly tenant: string | null;
  readonly subject: string;
  readonly bodyCiphertext: string;
  /** The partner's own words as they were when the mail was written; null: the defaults. */
  readonly template: unknown;
}

export interface OpenedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** What a mail of the outbox says. @throws SealError */
export async function openMail(keys: KeyRing, mail: SealedMail): Promise<OpenedMail> {
  const place = { owner: mail.tenant ?? 'house', row: mail.id, field: 'body' };
  const body = mailBody.parse(JSON.parse(await unseal(keys, place, mail.bodyCiphertext)));
  if ('text' in body) return { subject: mail.subject, ...body };
  return renderMail(body.template, ownWords(body.template, mail.template), body.values);
}

/** A template that this version would refuse must not cost anybody their way in: the default template carries it. */
function ownWords(key: MailTemplateKey, stored: unknown): MailTemplateContent | null {
  const own = mailTemplateWords.safeParse(stored);
  return own.success && checkTemplate(key, own.data).length === 0 ? own.data : null;
}
