import {
  variablesOf,
  type MailTemplateKey,
  type RenderedMail,
} from '@gangway/contract/provisioning/mail-templates';
import { escapeHtml } from '../mail/escape-html.js';
import { fill, fillSubject } from './fill.js';
import { DEFAULT_LINES } from './defaults/default-lines.js';
import { DEFAULT_MAILS } from './defaults/default-mails.js';
import { VARIABLE, type MailTemplateContent } from './template.js';

type Values = Readonly<Record<string, string>>;

/**
 * A mail in a partner's words, which were checked, or in the defaults (null). What a variable stands for is one
 * line of text, and neither read as a template nor, in the HTML part, as mark-up.
 */
export function renderMail(
  key: MailTemplateKey,
  own: MailTemplateContent | null,
  values: Values,
): RenderedMail {
  const byDefault = DEFAULT_MAILS.mails[key];
  const lines = DEFAULT_LINES[key];
  const subject = fillSubject(own?.subject ?? lines.subject, values);
  const inside = own ? (own.html ?? toHtmlTemplate(key, own.text)) : byDefault.html;
  const around: Values = {
    subject: escapeHtml(subject),
    preheader: fill(lines.preheader, values, escapeHtml),
    content: fill(inside, values, escapeHtml),
  };
  return {
    subject,
    text: `${fill(own?.text ?? byDefault.text, values)}\n`,
    html: (own ? DEFAULT_MAILS.partnerFrame : DEFAULT_MAILS.frame).replace(
      VARIABLE,
      (_whole, name: string) => around[name] ?? '',
    ),
  };
}

/** The inside of an HTML part that says what the text says: paragraphs, line breaks, links that can be followed. */
function toHtmlTemplate(key: MailTemplateKey, text: string): string {
  const known = variablesOf(key);
  const marked = escapeHtml(text).replace(VARIABLE, (whole, name: string) => {
    const variable = known[name.trim()];
    if (variable?.isLink) return `<a href="${whole}">${whole}</a>`;
    return variable?.isSecret ? `<code>${whole}</code>` : whole;
  });
  const paragraphs = marked
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />\n')}</p>`);
  return paragraphs.join('\n');
}

/** What the variables of a mail stand for in a preview. */
export function exampleValues(key: MailTemplateKey): Record<string, string> {
  return Object.fromEntries(Object.entries(variablesOf(key)).map(([name, { example }]) => [name, example]));
}
