import { listMailbox } from '@gangway/domain/mail/list-mailbox';
import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi();
const post = (body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', '/api/provisioning/tenants', { body, headers });

test('the documented request gets the documented answer, and the tenant becomes usable', async () => {
  const answer = await post({
    client_name: 'Example Corp',
    email: 'admin@example.com',
    phone_number: '+1234567890',
    industry: 'Technology',
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    tenant: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    client_name: 'Example Corp',
    email: 'admin@example.com',
    phone_number: '+1234567890',
    industry: 'Technology',
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as unknown,
    updated_at: expect.stringMatching(/Z$/) as unknown,
    status: 'provisioning',
    operation_run_id: expect.any(String) as unknown,
  });
  const tenant = String(answer.body['tenant']);
  expect(answer.headers.get('location')).toBe(`/api/provisioning/tenants/${tenant}`);

  const runId = String(answer.body['operation_run_id']);
  const run = await api.finished(runId);
  expect(run.body).toMatchObject({ status: 'succeeded', progress: 100, tenant, warnings: [] });
  expect(
    (run.body['steps'] as { name: string; status: string }[]).map((step) => `${step.name} ${step.status}`),
  ).toEqual([
    'creating_tenant succeeded',
    'creating_admin_user succeeded',
    'setting_up_data succeeded',
    'sending_welcome_email succeeded',
  ]);
  expect(run.body['result']).toMatchObject({
    tenant_id: tenant,
    email_sent: true,
    success: true,
    temporary_password: null,
    company_id: null,
  });

  // HEAD tells nobody anything, and uses nothing up.
  expect((await api.call('HEAD', `/api/provisioning/operation-runs/${runId}`)).status).toBe(200);
  const first = await api.call('GET', `/api/provisioning/operation-runs/${runId}`);
  const password = (first.body['result'] as { temporary_password: string }).temporary_password;
  expect(password).toMatch(/^[\w-]{16,}$/);
  const second = await api.call('GET', `/api/provisioning/operation-runs/${runId}`);
  expect((second.body['result'] as { temporary_password: null }).temporary_password).toBeNull();

  const { items } = await listMailbox(api.app);
  const [mail] = items.filter((item) => item.to === 'admin@example.com');
  expect(mail?.text).toContain(password);
  expect(mail?.html).toContain(password);

  const user = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: 'admin@example.com' } });
  expect(user.mustChangePassword).toBe(true);
  expect(await api.app.hasher.matches(password, user.passwordHash)).toBe(true);
  expect(
    await api.call('GET', `/api/provisioning/tenants/${tenant}`).then((read) => read.body['status']),
  ).toBe('active');
  const workspace = await api.app.db.prisma.workspace.findUniqueOrThrow({
    where: { tenant },
    include: { memberships: true },
  });
  expect(workspace).toMatchObject({
    slug: 'example-corp',
    memberships: [{ userId: user.userId, role: 'owner' }],
  });

  await expect(whereStands(password)).resolves.toEqual([]);
});

/** Every table with a row in which the text stands in clear. */
async function whereStands(secret: string): Promise<string[]> {
  const { pool } = api.app.db;
  const tables = await pool.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const hits: string[] = [];
  for (const { name } of tables.rows) {
    const found = await pool.query(`SELECT 1 FROM ${name} t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [
      secret,
    ]);
    if (found.rowCount) hits.push(name);
  }
  return hits;
}

test('with a set-up link there is no password at all', async () => {
  const answer = await post({
    client_name: 'Link Corp',
    email: 'link@example.com',
    company_name: 'Link Corporation',
    credential_delivery: 'setup_link',
  });
  await api.finished(String(answer.body['operation_run_id']));
  const run = await api.call(
    'GET',
    `/api/provisioning/operation-runs/${String(answer.body['operation_run_id'])}`,
  );
  expect(run.body['result']).toMatchObject({
    temporary_password: null,
    company_id: expect.any(String) as unknown,
  });
  const user = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email: 'link@example.com' } });
  expect(user.passwordHash).toBeNull();
  const [mail] = (await listMailbox(api.app)).items;
  expect(mail?.text).toMatch(/http:\/\/localhost:3000\/set-password\?token=[\w-]{43}/);
  const company = await api.app.db.prisma.tenantCompany.findFirstOrThrow({
    where: { tenant: String(answer.body['tenant']) },
    include: { company: true },
  });
  expect(company).toMatchObject({ isDefault: true, company: { companyName: 'Link Corporation' } });
});

test('of a hundred parallel posts of one address one creates, the others are told which tenant exists', async () => {
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => post({ client_name: 'Rush', email: 'rush@example.com' })),
  );
  const created = answers.filter((answer) => answer.status === 201);
  expect(created).toHaveLength(1);
  const refused = answers.filter((answer) => answer.status === 409);
  expect(refused).toHaveLength(99);
  expect(
    new Set(
      refused.map((answer) => `${String(answer.body['reason_code'])} ${String(answer.body['existing_id'])}`),
    ),
  ).toEqual(new Set([`tenant.duplicate ${String(created[0]?.body['tenant'])}`]));
});

test("another partner's tenant is a duplicate without its id, a user's address a duplicate of its own", async () => {
  const body = { client_name: 'Mine', email: 'mine@example.com' };
  expect((await post(body)).status).toBe(201);
  const theirs = await api.call('POST', '/api/provisioning/tenants', {
    body,
    token: await api.tokenOf('other-partner'),
  });
  expect([theirs.status, theirs.body['reason_code'], theirs.body['existing_id']]).toEqual([
    409,
    'tenant.duplicate',
    undefined,
  ]);
  const user = await post({ client_name: 'Viewer', email: 'viewer@acme.example' });
  expect([user.status, user.body['reason_code']]).toEqual([409, 'user.duplicate']);
});

test('names that look like markup or headers arrive as text', async () => {
  const name = `<img src=x onerror=alert(1)> {{7*7}} "quoted" & Co`;
  const answer = await post({ client_name: name, email: 'markup@example.com' });
  await api.finished(String(answer.body['operation_run_id']));
  const mail = (await listMailbox(api.app)).items.find((item) => item.to === 'markup@example.com');
  expect(mail?.html).not.toContain('<img');
  expect(mail?.html).toContain('&lt;img src=x onerror=alert(1)&gt; {{7*7}}');
  expect(mail?.subject).not.toMatch(/[\r\n]/);
  const injected = await post({ client_name: 'A\r\nBcc: evil@example.com', email: 'crlf@example.com' });
  expect([injected.status, injected.body['errors']]).toEqual([
    400,
    [{ field: 'client_name', message: expect.any(String) as unknown }],
  ]);
});

test('two tenants of one name get workspaces of their own', async () => {
  const answers = await Promise.all(
    ['one@twins.example', 'two@twins.example'].map((email) => post({ client_name: 'Twins', email })),
  );
  for (const answer of answers)
    expect((await api.finished(String(answer.body['operation_run_id']))).body['status']).toBe('succeeded');
  const slugs = await api.app.db.prisma.workspace.findMany({
    where: { name: 'Twins' },
    select: { slug: true },
  });
  expect(new Set(slugs.map((workspace) => workspace.slug)).size).toBe(2);
});
