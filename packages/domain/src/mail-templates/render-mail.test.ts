import {
  MAIL_TEMPLATE_KEYS,
  variablesOf,
  type MailTemplateKey,
} from '@gangway/contract/provisioning/mail-templates';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultTemplate } from './default-template.js';
import { DEFAULT_LINES } from './defaults/default-lines.js';
import { exampleValues, renderMail } from './render-mail.js';
import { namesIn } from './template.js';

const key = 'welcome_temporary_password';
const CANARY = `a\r\nBcc: evil@example.com\u2028<b>b</b> {{temporary_password}}{{reset_url}} \${x} <%= x %> {% if %} $& $1 "'&`;
const CANARY_TEXT = CANARY.replace('\r\n', ' ').replace('\u2028', ' ');
const CANARY_HTML =
  'a Bcc: evil@example.com &lt;b&gt;b&lt;/b&gt; {{temporary_password}}{{reset_url}} ${x} &lt;%= x %&gt; {% if %} $&amp; $1 &quot;&#39;&amp;';
const markup = (html: string) => html.replace(/[^<>"]/g, '');

/** A mail in the default template, and in the same words as a partner's own, with and without HTML. */
function renderThrice(mail: MailTemplateKey, values: Record<string, string>) {
  const words = defaultTemplate(mail);
  const all = { ...exampleValues(mail), ...values };
  return [null, words, { ...words, html: null }].map((own) => renderMail(mail, own, all));
}

test.each(MAIL_TEMPLATE_KEYS)('%s: whatever its values are, they arrive as text in every part', (mail) => {
  const names = Object.keys(variablesOf(mail)).filter((name) => variablesOf(mail)[name]?.isLink !== true);
  const plain = renderThrice(mail, {});
  for (const name of names) {
    const isInSubject = namesIn(DEFAULT_LINES[mail].subject).includes(name);
    const rendered = renderThrice(mail, { [name]: CANARY });
    for (const [index, { subject, text, html }] of rendered.entries()) {
      expect(subject.includes(CANARY_TEXT)).toBe(isInSubject);
      expect(text.includes(CANARY_TEXT)).toBe(namesIn(defaultTemplate(mail).text).includes(name));
      expect(html.includes(CANARY_HTML)).toBe(
        isInSubject || namesIn(defaultTemplate(mail).text + DEFAULT_LINES[mail].preheader).includes(name),
      );
      expect(text.split('\n')).toHaveLength(plain[index]?.text.split('\n').length ?? 0);
      expect(markup(html)).toBe(markup(plain[index]?.html ?? ''));
      expect(subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    }
  }
});

test.each(MAIL_TEMPLATE_KEYS)('%s: text and HTML say the same, and leave no variable open', (mail) => {
  const { text, html, subject } = renderMail(mail, null, exampleValues(mail));
  expect(`${subject}${text}${html.replace(/<style>.*<\/style>/s, '')}`).not.toMatch(/\{\{|\}\}|undefined/);
  for (const [name, { example, isLink, isRequired }] of Object.entries(variablesOf(mail))) {
    if (isRequired) expect(text).toContain(example);
    if (isLink) expect(html.split(`href="${example}"`)).toHaveLength(3);
    expect(namesIn(defaultTemplate(mail).text).includes(name)).toBe(
      namesIn(defaultTemplate(mail).html ?? '').includes(name),
    );
  }
  expect(html).toMatch(/^<!DOCTYPE html/);
  expect(html).toContain('lang="en"');
  expect(html).toContain(`<title>${subject.replaceAll('&', '&amp;')}</title>`);
  for (const table of html.match(/<table[^>]*>/g) ?? []) expect(table).toContain('role="presentation"');
});

test('no line of a mail that an inbox shows unopened carries a secret', () => {
  for (const mail of MAIL_TEMPLATE_KEYS) {
    const { subject, preheader } = DEFAULT_LINES[mail];
    for (const name of namesIn(`${subject} ${preheader}`)) {
      expect(variablesOf(mail)[name]).toBeDefined();
      expect(variablesOf(mail)[name]?.isSecret).toBeUndefined();
    }
  }
});

test("a partner's words come without the default preheader and its colours for the dark", () => {
  const [byDefault, ofPartner] = renderThrice(key, {});
  expect(byDefault?.html).toContain('Sign in within 72 hours.');
  expect(byDefault?.html).toContain('prefers-color-scheme:dark');
  expect(ofPartner?.html).not.toContain('Sign in within 72 hours.');
  expect(ofPartner?.html).not.toContain('prefers-color-scheme:dark');
});

test('the HTML part is made from the text where there is none: paragraphs, links, the secret set apart', () => {
  const own = {
    subject: 'Hi',
    text: 'Hello {{first_name}},\n\n{{ sign_in_url }}\n{{temporary_password}} & more',
    html: null,
  };
  const { html, text } = renderMail(key, own, exampleValues(key));
  const link = 'https://gangway.example/sign-in';
  expect(html).toContain(
    `<p>Hello Ada,</p>\n<p><a href="${link}">${link}</a><br />\n<code>ExAmp-LePas-SwOrd-ShOwn</code> &amp; more</p>`,
  );
  expect(text).toBe(`Hello Ada,\n\n${link}\nExAmp-LePas-SwOrd-ShOwn & more\n`);
});

test('what a variable stands for is not read as a template again', () => {
  for (const { subject, text } of renderThrice(key, {
    tenant_name: '{{temporary_password}}',
    first_name: '$& $1 {{email}}',
  })) {
    expect(subject).toBe('Welcome to Gangway: {{temporary_password}} is ready');
    expect(text).toContain('Hello $& $1 {{email}},');
    expect(text.split('ExAmp-LePas-SwOrd-ShOwn')).toHaveLength(2);
  }
});

test('whatever a name is, it adds no mark-up, no line to the subject, and no line to the text', () => {
  const plain = renderThrice(key, { tenant_name: 'x', first_name: 'x' });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
      const mails = renderThrice(key, { tenant_name: name, first_name: name });
      for (const [index, mail] of mails.entries()) {
        expect(markup(mail.html)).toBe(markup(plain[index]?.html ?? ''));
        expect(mail.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(mail.text.split('\n')).toHaveLength(plain[index]?.text.split('\n').length ?? 0);
      }
    }),
  );
});
