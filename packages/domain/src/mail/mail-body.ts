import { MAIL_TEMPLATE_KEYS } from '@gangway/contract/provisioning/mail-templates';
import { z } from 'zod';

/**
 * What is sealed in `mail_messages.body_ciphertext`: what the variables of a mail stand for. Earlier versions sealed whole
 * mails, and those may still wait to be sent.
 */
export const mailBody = z.union([
  z.object({ text: z.string(), html: z.string().nullable() }),
  z.object({ template: z.enum(MAIL_TEMPLATE_KEYS), values: z.record(z.string(), z.string()) }),
]);
export type MailBody = z.infer<typeof mailBody>;
