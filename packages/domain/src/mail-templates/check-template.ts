import type { FieldError } from '@gangway/contract/errors';
import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { checkHtml } from './check-html.js';
import { checkVariables } from './check-variables.js';
import type { MailTemplateContent } from './template.js';

/** What is wrong with a template, by field; nothing: mails can be made of it. */
export function checkTemplate(
  key: MailTemplateKey,
  { subject, text, html }: MailTemplateContent,
): FieldError[] {
  const problems = (field: 'subject' | 'text' | 'html', value: string) =>
    checkVariables(key, field, value).map((message) => ({ field, message }));
  return [
    ...problems('subject', subject),
    ...problems('text', text),
    ...(html === null ? [] : problems('html', html)),
    ...(html === null ? [] : checkHtml(key, html).map((message) => ({ field: 'html', message }))),
  ];
}
