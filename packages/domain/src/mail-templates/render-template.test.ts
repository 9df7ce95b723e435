import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_TEMPLATES } from './default-templates.js';
import { exampleValues, renderTemplate } from './render-template.js';

const key = 'welcome_temporary_password';
const rendered = (values: Record<string, string>, html: string | null = null) =>
  renderTemplate(key, { ...DEFAULT_TEMPLATES[key], html }, { ...exampleValues(key), ...values });

test('the HTML part is made from the text where there is none: paragraphs, links, the secret set apart', () => {
  const { html } = rendered({});
  expect(html).toContain('<p>Hello Ada,</p>');
  expect(html).toContain('<a href="https://gangway.example/sign-in">https://gangway.example/sign-in</a>');
  expect(html).toContain('<code>ExAmp-LePas-SwOrd-ShOwn</code><br />'.slice(0, 36));
});

test('what a variable stands for is not read as a template again', () => {
  const { subject, text } = rendered({
    tenant_name: '{{temporary_password}}',
    first_name: '$& $1 {{email}}',
  });
  expect(subject).toBe('Welcome to Gangway: {{temporary_password}} is ready');
  expect(text).toContain('Hello $& $1 {{email}},');
  expect(text.split('ExAmp-LePas-SwOrd-ShOwn')).toHaveLength(2);
});

test('whatever a name is, it adds no mark-up, no line to the subject, and no line to the text', () => {
  const markup = (html: string) => html.replace(/[^<>"]/g, '');
  for (const html of [null, DEFAULT_TEMPLATES[key].html]) {
    const plain = rendered({ tenant_name: 'x', first_name: 'x' }, html);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
        const mail = rendered({ tenant_name: name, first_name: name }, html);
        expect(markup(mail.html)).toBe(markup(plain.html));
        expect(mail.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(mail.text.split('\n')).toHaveLength(plain.text.split('\n').length);
      }),
    );
  }
});
