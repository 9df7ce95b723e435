import { MAIL_TEMPLATE_KEYS } from '@gangway/contract/provisioning/mail-templates';
import { deliverDueMail } from '@gangway/domain/mail/deliver-mail';
import { queueInvitationMail } from '@gangway/domain/mail/queue-invitation-mail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';
import { startTestSmtp, type TestSmtp } from './test-smtp.js';

const base = '/api/provisioning/mail-templates';
const one = `${base}/welcome_temporary_password`;
const words = {
  subject: '{{tenant_name}} is ready for {{first_name}}',
  text: 'Dear {{first_name}} {{last_name}},\n\n{{tenant_name}} is ready. Sign in at {{sign_in_url}} as {{email}} with {{temporary_password}}.\n\nYour team at Contoso',
  html: '<p>Dear {{first_name}},</p><p><a href="{{sign_in_url}}">Sign in</a> to {{tenant_name}} with <code>{{temporary_password}}</code>.</p>',
};
/** What a name can be without being refused, and must not be more than text for. */
const HOSTILE = `<img src=x onerror=alert(1)>"' & {{temporary_password}} \${7*7} <% x %> {% if %}`;

let api: TestPartnerApi;
let smtp: TestSmtp;
beforeAll(async () => {
  smtp = await startTestSmtp();
  api = await startTestPartnerApi({ mail: smtp.transport });
});
afterAll(async () => {
  expect(api.unexpected).toEqual([]);
  await api.close();
  await smtp.close();
});

async function mailOf(client_name: string, email: string, more: Record<string, unknown> = {}) {
  const answer = await api.call('POST', '/api/provisioning/tenants', {
    body: { client_name, email, ...more },
  });
  const run = await api.finished(String(answer.body['operation_run_id']));
  expect([run.body['status'], run.body['warnings']]).toEqual(['succeeded', []]);
  return smtp.mailTo(email);
}
const errorsOf = (answer: { body: Record<string, unknown> }) =>
  (answer.body['errors'] as { field: string; message: string }[]).map(
    ({ field, message }) => `${field}: ${message}`,
  );

test('lists every mail with its variables and the default template', async () => {
  const list = await api.call('GET', base);
  const items = list.body['items'] as Record<string, unknown>[];
  expect(items.map((item) => [item['key'], item['is_default']])).toEqual([
    ['welcome_temporary_password', true],
    ['welcome_setup_link', true],
    ['invitation', true],
    ['password_reset', true],
  ]);
  const first = await api.call('GET', `${base}?limit=2`);
  const rest = await api.call('GET', `${base}?limit=2&cursor=${String(first.body['next_cursor'])}`);
  expect([(rest.body['items'] as unknown[]).length, rest.body['next_cursor']]).toEqual([2, null]);
  expect((await api.call('GET', `${base}?cursor=nothing`)).status).toBe(400);
});

test("a partner's words reach its tenants' admins, and no other partner's", async () => {
  const put = await api.call('PUT', one, { body: words });
  expect([put.status, put.body['is_default'], put.body['updated_by']]).toEqual([200, false, 'Demo key']);
  expect((await api.call('GET', one)).body).toEqual(put.body);
  const { mail } = await mailOf('Trees Ltd', 'admin@trees.example', {
    admin_user: { first_name: 'Ada', last_name: 'Ash' },
  });
  expect(mail.subject).toBe('Trees Ltd is ready for Ada');
  const password = /with ([\w-]{16,})\./.exec(mail.text ?? '')?.[1] ?? '';
  expect(mail.text?.trimEnd()).toBe(
    `Dear Ada Ash,\n\nTrees Ltd is ready. Sign in at http://localhost:3000/sign-in as admin@trees.example with ${password}.\n\nYour team at Contoso`,
  );
  expect(mail.html).toContain(
    `<p>Dear Ada,</p><p><a href="http://localhost:3000/sign-in">Sign in</a> to Trees Ltd with <code>${password}</code>.</p>`,
  );
  const user = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: 'admin@trees.example' } });
  expect(await api.app.hasher.matches(password, user.passwordHash)).toBe(true);

  const other = await api.call('GET', one, { token: await api.tokenOf('other-partner') });
  expect(other.body['is_default']).toBe(true);
});

test('hostile names arrive as text: in the subject, in the text, in the HTML', async () => {
  await api.call('PUT', one, { body: words });
  const { mail, raw } = await mailOf(HOSTILE, 'hostile@trees.example', {
    admin_user: { first_name: '=?utf-8?q?x?= <b>Bo</b>', last_name: '{{email}}' },
  });
  expect(mail.subject).toBe(`${HOSTILE} is ready for =?utf-8?q?x?= <b>Bo</b>`);
  expect(mail.text).toContain(`Dear =?utf-8?q?x?= <b>Bo</b> {{email}},`);
  expect(mail.text).toContain(`${HOSTILE} is ready.`);
  expect(mail.html).not.toMatch(/<img|<b>/);
  expect(mail.html).toContain(
    'to &lt;img src=x onerror=alert(1)&gt;&quot;&#39; &amp; {{temporary_password}}',
  );
  expect(mail.to?.map(({ address }) => address)).toEqual(['hostile@trees.example']);
  expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
  expect(raw.split('\r\n\r\n', 1)[0]).not.toMatch(/^(bcc|x-evil):/im);
});

test('a name with line ends never gets as far as a mail', async () => {
  for (const body of [
    { client_name: 'A\r\nBcc: evil@example.com', email: 'crlf@trees.example' },
    {
      client_name: 'A',
      email: 'crlf@trees.example',
      admin_user: { first_name: 'A\nX-Evil: 1', last_name: 'B' },
    },
  ])
    expect((await api.call('POST', '/api/provisioning/tenants', { body })).status).toBe(400);
});

test('without HTML the HTML part says what the text says; a set-up link has a template of its own', async () => {
  await api.call('PUT', `${base}/welcome_setup_link`, {
    body: { subject: 'Come in', text: 'Hello {{first_name}},\n\nhere: {{setup_url}}' },
  });
  const { mail } = await mailOf('Linked', 'link@trees.example', {
    credential_delivery: 'setup_link',
    admin_user: { first_name: 'Lin', last_name: 'K' },
  });
  const link = /http:\S+/.exec(mail.text ?? '')?.[0] ?? '';
  expect(link).toMatch(/^http:\/\/localhost:3000\/set-password\?token=[\w-]{43}$/);
  expect([mail.subject, mail.text?.trimEnd()]).toEqual(['Come in', `Hello Lin,\n\nhere: ${link}`]);
  expect(mail.html).toContain(`<p>Hello Lin,</p>\n<p>here: <a href="${link}">${link}</a></p>`);
});

test('delete goes back to the default template, and can be done twice', async () => {
  await api.call('PUT', one, { body: words });
  expect((await api.call('DELETE', one)).status).toBe(204);
  expect((await api.call('DELETE', one)).status).toBe(204);
  expect((await api.call('GET', one)).body['is_default']).toBe(true);
  const { mail } = await mailOf('Plain', 'plain@trees.example');
  expect(mail.subject).toBe('Welcome to Gangway: Plain is ready');
  const events = await api.call('GET', '/api/provisioning/audit-events?action=mailTemplates.delete');
  expect(events.body['items']).toMatchObject([
    {
      actor: 'Demo key',
      outcome: 'allowed',
      target_kind: 'mail_template',
      target_id: 'welcome_temporary_password',
    },
  ]);
});

test('refuses a template of which no good mail could be made, with what is wrong', async () => {
  const put = (change: Record<string, unknown>) => api.call('PUT', one, { body: { ...words, ...change } });
  const unknown = await put({ text: `${words.text} {{pasword}}` });
  expect(unknown.status).toBe(400);
  expect(errorsOf(unknown)).toEqual([
    expect.stringMatching(/^text: Unknown variable \{\{pasword\}\}; there are /),
  ]);
  expect(errorsOf(await put({ html: '<p>{{sign_in_url}}</p>' }))).toEqual([
    'html: Must carry {{temporary_password}}',
  ]);
  expect(errorsOf(await put({ subject: 'Use {{temporary_password}}' }))).toEqual([
    'subject: Must not carry {{temporary_password}}',
  ]);
  expect(errorsOf(await put({ subject: 'Two\r\nlines' }))).toEqual([expect.stringMatching(/^subject: /)]);
  expect(errorsOf(await put({ html: `${words.html}<script>x</script>` }))).toEqual([
    'html: Must not use <script>',
  ]);
  expect((await api.call('GET', one)).body['is_default']).toBe(true);
});

test('shows a mail before anybody gets it: as it is, or of a draft, with values of its own', async () => {
  const asIs = await api.call('POST', `${one}/preview`);
  expect([asIs.status, asIs.body['subject']]).toEqual([200, 'Welcome to Gangway: Example Corp is ready']);
  const body = { ...words, values: { tenant_name: '<b>{{email}}</b>' } };
  const draft = await api.call('POST', `${one}/preview`, { body });
  expect(draft.body['subject']).toBe('<b>{{email}}</b> is ready for Ada');
  expect(draft.body['html']).toContain('to &lt;b&gt;{{email}}&lt;/b&gt; with');
  expect(
    errorsOf(await api.call('POST', `${one}/preview`, { body: { values: { setup_url: 'x' } } })),
  ).toEqual(['values.setup_url: Is not a variable of this mail']);
  expect(errorsOf(await api.call('POST', `${one}/preview`, { body: { subject: 'x' } }))).toEqual([
    'text: Is required in a draft',
  ]);
  expect((await api.call('GET', one)).body['is_default']).toBe(true);
});

test('a mail that waits keeps the words it was written with', async () => {
  await api.call('PUT', one, { body: words });
  const { prisma } = api.app.db;
  const created = await mailOf('Kept', 'kept@trees.example');
  expect(created.mail.subject).toBe('Kept is ready for Admin');
  const row = await prisma.mailMessage.findFirstOrThrow({ where: { recipient: 'kept@trees.example' } });
  expect([row.status, row.bodyCiphertext, row.template]).toEqual(['sent', null, null]);
});

test('an invitation to a workspace speaks in the words of the partner of its tenant', async () => {
  const { db } = api.app;
  const workspace = await db.prisma.workspace.findFirstOrThrow({ where: { slug: 'acme' } });
  const { partnerId } = await db.prisma.tenant.findUniqueOrThrow({ where: { tenant: workspace.tenant } });
  expect(partnerId).toBe('01900000-0000-7000-8000-00000000d001');
  const body = { subject: 'Join {{workspace_name}}', text: '{{inviter}} wants you: {{accept_url}}' };
  expect((await api.call('PUT', `${base}/invitation`, { body })).status).toBe(200);
  const values = {
    ...{
      workspace_name: '<i>Acme</i>',
      inviter: 'owner@acme.example',
      email: 'new@acme.example',
      role: 'viewer',
    },
    ...{ role_summary: 'looks', valid_days: '7', accept_url: 'http://localhost:3000/invitation?token=x' },
  };
  await db.inTransaction((tx) => queueInvitationMail(tx, api.app, { workspaceId: workspace.id, values }));
  await deliverDueMail(api.app, smtp.transport, new AbortController().signal);
  const { mail } = smtp.mailTo('new@acme.example');
  expect([mail.subject, mail.text?.trimEnd()]).toEqual([
    'Join <i>Acme</i>',
    'owner@acme.example wants you: http://localhost:3000/invitation?token=x',
  ]);
});

test.each(MAIL_TEMPLATE_KEYS)(
  'the default template for %s can be taken, seen and given back',
  async (key) => {
    const { subject, text, html } = (await api.call('GET', `${base}/${key}`)).body;
    const draft = await api.call('POST', `${base}/${key}/preview`, { body: { subject, text, html } });
    const byDefault = await api.call('POST', `${base}/${key}/preview`);
    expect([draft.status, byDefault.status]).toEqual([200, 200]);
    expect([draft.body['subject'], draft.body['text']]).toEqual([
      byDefault.body['subject'],
      byDefault.body['text'],
    ]);
    expect((await api.call('PUT', `${base}/${key}`, { body: { subject, text, html } })).status).toBe(200);
    expect((await api.call('GET', `${base}/${key}`)).body).toMatchObject({ is_default: false, html, text });
    await api.call('DELETE', `${base}/${key}`);
  },
);
