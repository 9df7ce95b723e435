import {
  variablesOf,
  type MailTemplateKey,
  type RenderedMail,
} from '@gangway/contract/provisioning/mail-templates';
import { escapeHtml, html, SafeHtml } from '../mail/html.js';
import { toHeaderText } from '../mail/transport.js';
import { VARIABLE, type MailTemplateWords } from './template.js';

/**
 * A mail of a template that was checked. Each variable is replaced once: what it stands for is one line of text, and
 * neither read as a template nor, in the HTML part, as markup.
 */
export function renderTemplate(
  key: MailTemplateKey,
  template: MailTemplateWords,
  values: Readonly<Record<string, string>>,
): RenderedMail {
  const valueOf = (name: string) => toHeaderText(Object.hasOwn(values, name) ? (values[name] ?? '') : '');
  const fill = (text: string, write: (value: string) => string) =>
    text.replace(VARIABLE, (_whole, name: string) => write(valueOf(name.trim())));
  const subject = toHeaderText(fill(template.subject, (value) => value));
  const inside = template.html ?? toHtmlTemplate(key, template.text);
  return {
    subject,
    text: `${fill(template.text, (value) => value)}\n`,
    html: layout(subject, new SafeHtml(fill(inside, escapeHtml))).markup,
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

function layout(title: string, body: SafeHtml): SafeHtml {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
      </head>
      <body style="margin:0;padding:24px;background:#f3f4f6;color:#1a1d21;font:16px/1.5 system-ui,sans-serif">
        <div style="max-width:560px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px">
          ${body}
        </div>
      </body>
    </html>`;
}

/** What the variables of a mail stand for in a preview. */
export function exampleValues(key: MailTemplateKey): Record<string, string> {
  return Object.fromEntries(Object.entries(variablesOf(key)).map(([name, { example }]) => [name, example]));
}
