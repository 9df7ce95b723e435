import { requestPasswordReset } from '@gangway/domain/auth/request-password-reset';
import { deliverDueMail } from '@gangway/domain/mail/deliver-mail';
import { queueInvitationMail } from '@gangway/domain/mail/queue-invitation-mail';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeMember, provisionWorkspace } from './test-workspaces.js';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';
import { startTestSmtp, type TestSmtp } from './test-smtp.js';

const one = '/api/provisioning/mail-templates/password_reset';
const ACME = 'owner@acme.example';
const STRANGER = 'stranger@acme.example';
const words = {
  subject: '{{tenant_name}}: a new password',
  text: 'Dear {{first_name}} {{last_name}},\n\n{{email}} can be opened with {{reset_url}} for {{valid_minutes}} minutes.',
  html: '<p>Dear {{first_name}} of {{tenant_name}}, <a href="{{reset_url}}">set a password</a>.</p>',
};
const HOSTILE = `<b>A</b> {{reset_url}} \${1} <%= 1 %> {% if %} "'&`;
const HOSTILE_HTML = '&lt;b&gt;A&lt;/b&gt; {{reset_url}} ${1} &lt;%= 1 %&gt; {% if %} &quot;&#39;&amp;';

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

const ask = (email: string) =>
  requestPasswordReset({ app: api.app, requestId: 'test', clientAddress: '192.0.2.1' }, { email });
async function mailOf(email: string) {
  expect(await ask(email)).toEqual({});
  await deliverDueMail(api.app, smtp.transport, new AbortController().signal);
  return smtp.mailTo(email).mail;
}

test('without a template of the partner the default mails the link', async () => {
  const mail = await mailOf(ACME);
  expect(mail.subject).toBe('Set a new password');
  const [link] = /http:\S+/.exec(mail.text ?? '') ?? [''];
  expect(link).toMatch(/^http:\/\/localhost:3000\/set-password\?token=[\w-]{43}$/);
  expect(mail.text).toContain('within 60 minutes');
  expect(mail.html).toContain(`href="${link}"`);
});

test("someone who works only in a partner's tenant is mailed in its words, and hostile names arrive as text", async () => {
  const { prisma } = api.app.db;
  expect((await api.call('PUT', one, { body: words })).status).toBe(200);
  await prisma.user.update({ where: { email: ACME }, data: { firstName: HOSTILE, lastName: '' } });
  await prisma.tenant.update({
    where: { email: ACME },
    data: { companyName: `Trees\r\nBcc: x@y.example` },
  });
  const mail = await mailOf(ACME);
  const [link] = /http:\S+/.exec(mail.text ?? '') ?? [''];
  expect([mail.subject, mail.text?.trimEnd()]).toEqual([
    'Trees Bcc: x@y.example: a new password',
    `Dear ${HOSTILE} ,\n\n${ACME} can be opened with ${link} for 60 minutes.`,
  ]);
  expect(mail.html).toContain(
    `<p>Dear ${HOSTILE_HTML} of Trees Bcc: x@y.example, <a href="${link}">set a password</a>.</p>`,
  );
  expect([mail.bcc, mail.to?.map(({ address }) => address)]).toEqual([undefined, [ACME]]);

  const before = await prisma.mailMessage.count();
  await api.call('DELETE', one);
  expect((await mailOf(ACME)).html).toContain(HOSTILE_HTML);
  expect(await prisma.mailMessage.count()).toBe(before + 1);
});

test('someone who works in tenants of two partners is mailed in the default words, and gets the mail when one goes', async () => {
  const { prisma } = api.app.db;
  const email = 'worker@two.example';
  const mine = await provisionWorkspace(api, 'mine@two.example');
  const other = await provisionWorkspace(api, 'other@two.example', await api.tokenOf('other-partner'));
  await api.call('PUT', one, { body: words });
  await makeMember(api, mine, email);
  expect((await mailOf(email)).subject).toMatch(/: a new password$/);
  await makeMember(api, other, email);
  await ask(email);
  const deletion = await api.call('DELETE', `/api/provisioning/tenants/${mine.tenant}`);
  await api.finished(String(deletion.body['operation_run_id']));
  await deliverDueMail(api.app, smtp.transport, new AbortController().signal);
  expect(smtp.mailTo(email).mail.subject).toBe('Set a new password');
  await api.call('DELETE', one);
  expect(await prisma.mailMessage.count({ where: { recipient: email, status: 'sent', tenant: null } })).toBe(
    1,
  );
});

test('where there is no account, nothing is mailed, and the answer is the same', async () => {
  const { prisma } = api.app.db;
  expect(await ask(STRANGER)).toEqual(await ask(ACME));
  expect(await prisma.mailMessage.count({ where: { recipient: STRANGER } })).toBe(0);
  await prisma.user.update({ where: { email: ACME }, data: { disabledAt: new Date() } });
  const before = await prisma.mailMessage.count({ where: { recipient: ACME } });
  expect(await ask(ACME)).toEqual({});
  expect(await prisma.mailMessage.count({ where: { recipient: ACME } })).toBe(before);
});

test('the mail can be seen before anybody gets it', async () => {
  const preview = await api.call('POST', `${one}/preview`, {
    body: { ...words, values: { tenant_name: HOSTILE } },
  });
  expect([preview.status, preview.body['subject']]).toEqual([200, `${HOSTILE}: a new password`]);
  expect(preview.body['html']).toContain(`of ${HOSTILE_HTML}, <a href="https://gangway.example/set-password`);
  const refused = await api.call('PUT', one, { body: { ...words, text: 'Hello' } });
  expect([refused.status, refused.text.includes('Must carry {{reset_url}}')]).toEqual([400, true]);
});

test('what waits for people of a tenant that is deleted is not sent', async () => {
  const { db } = api.app;
  const body = { client_name: 'Gone', email: 'admin@gone.example' };
  const made = await api.call('POST', '/api/provisioning/tenants', { body });
  await api.finished(String(made.body['operation_run_id']));
  const tenant = String(made.body['tenant']);
  const { id: workspaceId } = await db.prisma.workspace.findUniqueOrThrow({ where: { tenant } });
  const values = {
    ...{ workspace_name: 'Gone', inviter: body.email, email: 'guest@gone.example', role: 'viewer' },
    ...{ role_summary: 'looks', valid_days: '7', accept_url: 'http://localhost:3000/invitation?token=x' },
  };
  await db.inTransaction((tx) => queueInvitationMail(tx, api.app, { workspaceId, values }));
  await ask(body.email);
  const waiting = () => db.prisma.mailMessage.count({ where: { tenant, status: 'queued' } });
  expect(await waiting()).toBe(2);

  const deletion = await api.call('DELETE', `/api/provisioning/tenants/${tenant}`);
  await api.finished(String(deletion.body['operation_run_id']));
  await deliverDueMail(api.app, smtp.transport, new AbortController().signal);
  expect(await db.prisma.mailMessage.count({ where: { recipient: { endsWith: 'gone.example' } } })).toBe(0);
  expect(() => smtp.mailTo(values.email)).toThrow('No mail');
  expect(smtp.mailTo(body.email).mail.subject).toMatch(/^Welcome/);
});
