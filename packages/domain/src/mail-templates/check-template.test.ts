import { MAIL_TEMPLATE_KEYS, mailTemplatePut } from '@gangway/contract/provisioning/mail-templates';
import { expect, test } from 'vitest';
import { checkTemplate } from './check-template.js';
import { defaultTemplate } from './default-template.js';

const good = {
  subject: 'Welcome {{ tenant_name }}',
  text: 'Use {{temporary_password}} at {{sign_in_url}}',
  html: '<p>Use <code>{{temporary_password}}</code> at <a href="{{sign_in_url}}">Gangway</a><br /></p>',
};
const problems = (change: Partial<typeof good>) =>
  checkTemplate('welcome_temporary_password', { ...good, ...change }).map(
    ({ field, message }) => `${field}: ${message}`,
  );
const inHtml = (html: string) => problems({ html: `${html}{{temporary_password}}{{sign_in_url}}` });

test.each(MAIL_TEMPLATE_KEYS)('the default template for %s are good words for a partner', (key) => {
  const words = defaultTemplate(key);
  expect(checkTemplate(key, words)).toEqual([]);
  expect(mailTemplatePut.safeParse(words).data).toEqual(words);
});

test('good words are good', () => {
  expect(problems({})).toEqual([]);
});

test('an unknown variable is named, with those there are', () => {
  expect(problems({ text: `${good.text} {{tennant}}` })).toEqual([
    'text: Unknown variable {{tennant}}; there are tenant_name, first_name, last_name, email, valid_hours, temporary_password, sign_in_url',
  ]);
});

test.each([
  '{{#if first_name}}x{{/if}}',
  '{{{first_name}}}',
  '{{first_name',
  'first_name}}',
  '{{__proto__}}',
  '{{constructor}}',
  '{{first_name | upper}}',
  '{{}}',
])('%s is no variable', (text) => {
  expect(problems({ text: `${good.text} ${text}` })).not.toEqual([]);
});

test('what a mail is of no use without must stand in it, and no secret in the subject', () => {
  expect(problems({ text: 'Hello', subject: 'Use {{temporary_password}}' })).toEqual([
    'subject: Must not carry {{temporary_password}}',
    'text: Must carry {{temporary_password}}',
    'text: Must carry {{sign_in_url}}',
  ]);
  expect(problems({ html: '<p>Hello</p>' })).toEqual([
    'html: Must carry {{temporary_password}}',
    'html: Must carry {{sign_in_url}}',
  ]);
});

test.each([
  '<script>alert(1)</script>',
  '<style>p{}</style>',
  '<iframe src="https://example.com"></iframe>',
  '<p onclick="x()">a</p>',
  '<p class="{{first_name}}">a</p>',
  '<a href="javascript:alert(1)">a</a>',
  '<a href="&#106;avascript:alert(1)">a</a>',
  '<a href="{{first_name}}">a</a>',
  '<a href="https://example.com/{{temporary_password}}">a</a>',
  '<a href="{{sign_in_url}}{{sign_in_url}}">a</a>',
  '<a href={{sign_in_url}}>a</a>',
  "<a href='https://example.com'>a</a>",
  '<img src="http://example.com/x.png" />',
  '<img src="data:image/png;base64,x" />',
  '<p style="background:url(https://example.com)">a</p>',
  '<p style="position:fixed">a</p>',
  '<p style="color:{{first_name}}">a</p>',
  '<!-- comment -->',
  '<P>a</P>',
  '<p>a',
  'a</p>',
  '<b><i>a</b></i>',
  '</div></div><h1>outside</h1>',
  '1 < 2',
  '<p title="a>b">a</p>',
])('HTML with %s is refused', (html) => {
  expect(inHtml(html)).not.toEqual([]);
});

test('text of the longest kind is looked at in no time, whatever stands in it', () => {
  for (const part of ['{{ ', '<a ', 'padding: ', '{{{{', '<p style="padding:   ', '{{a}}', '<p>']) {
    const long = part.repeat(50_000 / part.length);
    expect(problems({ text: long, html: long, subject: long })).not.toEqual([]);
  }
  expect(inHtml(`<p style="padding:${' '.repeat(40_000)}(">a</p>`)).not.toEqual([]);
});
