import type { VariableOf, MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { z } from 'zod';

/** The words of a mail, with `{{variables}}` in them. `html` is the inside of its HTML part; null: made from the text. */
export const mailTemplateWords = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
});
export type MailTemplateContent = z.infer<typeof mailTemplateWords>;

/** What the variables of a mail stand for. */
export type MailValues<Key extends MailTemplateKey> = Readonly<Record<VariableOf<Key>, string>>;

/** Every `{{…}}`, whatever stands in it: the first group, blanks around it included. */
export const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** The names of the variables in a text, as often as they stand there. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(VARIABLE)].map(([, name = '']) => name.trim());
