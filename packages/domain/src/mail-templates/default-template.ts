import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { DEFAULT_LINES } from './defaults/default-lines.js';
import { DEFAULT_MAILS } from './defaults/default-mails.js';
import type { MailTemplateContent } from './template.js';

/** The words of the app as a partner could have written them: they can be changed and given back. */
export function defaultTemplate(key: MailTemplateKey): MailTemplateContent {
  const { text, html } = DEFAULT_MAILS.mails[key];
  return { subject: DEFAULT_LINES[key].subject, text, html: toPlainMarkup(html) };
}

/** Without what only Outlook reads, and in the few attributes and styles that templates have. */
function toPlainMarkup(markup: string): string {
  return markup
    .replace(/<!--.*?-->/g, '')
    .replace(/ (target|data-[a-z-]+)="[^"]*"/g, '')
    .replace(/;?mso-[a-z-]+:[^;"]*/g, '')
    .replaceAll('text-decoration-line:', 'text-decoration:')
    .replaceAll('<span></span>', '')
    .replace(/<\/(h1|p)>/g, '$&\n')
    .trim();
}
