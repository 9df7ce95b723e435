import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import {
  callPartner,
  fetchToken,
  followRun,
  passwordIn,
  provision,
  readMails,
  type Mail,
} from './partner-by-call.js';
import { fillSignIn } from './people.js';
import { bootstrapAll, connect, goOnToBootstrap, identify, verify } from './wizard-steps.js';

// The story from its beginning: a partner makes one call, and the admin it names ends with a running tenant.

const server = useServer();
const OWN_PASSWORD = 'a sentence only they know';

test('a partner provisions a tenant, and its admin goes from the mail to the first snapshot', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const base = server.url();
  const token = await fetchToken(base, 'demo-partner');
  // The request and the answer of the documented example.
  const request = {
    client_name: 'Example Corp',
    email: 'admin@example.com',
    phone_number: '+1234567890',
    industry: 'Technology',
  };
  const created = await callPartner(base, token, 'POST', '/tenants', request);
  expect(created.status).toBe(201);
  const { tenant, created_at, updated_at, operation_run_id, status, ...echoed } = created.body;
  expect(echoed).toEqual(request);
  expect(tenant).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect([updated_at, status]).toEqual([created_at, 'provisioning']);
  expect(created.headers.get('location')).toBe(`/api/provisioning/tenants/${String(tenant)}`);

  const runId = String(operation_run_id);
  const events = await followRun(base, token, runId);
  expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ kind: 'run.finished', status: 'succeeded', progress: 100 });
  for (const milestone of [10, 40, 60, 85])
    expect(events.map((event) => event.progress)).toContain(milestone);
  // Whoever comes back after the third event gets the rest, nothing twice.
  expect(await followRun(base, token, runId, 3)).toEqual(events.slice(3));

  const [mail] = await readMails(base, 'admin@example.com');
  const run = await callPartner(base, token, 'GET', `/operation-runs/${runId}`);
  expect(run.body['result']).toMatchObject({ tenant_id: tenant, success: true, email_sent: true });
  expect((run.body['result'] as { temporary_password: string }).temporary_password).toBe(passwordIn(mail));
  const again = await callPartner(base, token, 'GET', `/operation-runs/${runId}`);
  expect(again.body['result']).toMatchObject({ temporary_password: null });
  expect((await callPartner(base, token, 'GET', `/tenants/${String(tenant)}`)).body['status']).toBe('active');
  expect((await callPartner(base, token, 'POST', '/tenants', request)).status).toBe(409);

  await page.goto(`${base}/mailbox`);
  await expect(
    page.getByRole('heading', { name: 'Welcome to Gangway: Example Corp is ready' }),
  ).toBeVisible();
  await page.getByText('Show it as HTML').first().click();
  // By the style sheet of the mail, which the content policy has to let in.
  const cell = page.frameLocator('iframe').first().locator('.card td').first();
  await expect(cell).toHaveCSS('overflow-wrap', 'anywhere');
  await page
    .getByRole('link', { name: `${base}/sign-in` })
    .first()
    .click();
  await fillSignIn(page, 'admin@example.com', passwordIn(mail));
  await chooseOwnPassword(page, passwordIn(mail), OWN_PASSWORD);

  await expect(page).toHaveURL(`${base}/w/example-corp`);
  await expect(page.getByRole('heading', { name: 'Bring the first tenant on board' })).toBeVisible();
  await identify(page, base, 'healthy.sandbox.example', 'Contoso', 'example-corp');
  await connect(page);
  await verify(page);
  await goOnToBootstrap(page);
  await bootstrapAll(page);
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Contoso');
  await expect(page.getByText('1,234').first()).toBeVisible();
  await page.goto(`${base}/w/example-corp`);
  await expect(page.getByText('Healthy').first()).toBeVisible();
});

test('a temporary password works once; who left before choosing their own gets in by mail', async ({
  page,
}) => {
  const base = server.url();
  const email = 'once@example.com';
  await provision(base, await fetchToken(base, 'demo-partner'), { client_name: 'Once Ltd', email });
  const [mail] = await readMails(base, email);
  const temporary = passwordIn(mail);

  await page.goto(`${base}/sign-in`);
  await fillSignIn(page, email, temporary);
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your own password' })).toBeVisible();
  // Nothing else is open before that, and going away does not help.
  await page.goto(`${base}/w/once-ltd`);
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your own password' })).toBeVisible();
  await page.context().clearCookies();
  await page.goto(`${base}/sign-in`);
  await fillSignIn(page, email, temporary);
  await expect(page.getByRole('alert')).toContainText('A temporary password lets you sign in once');
  await expectAccessible(page);

  const link = await resetByMail(page, base, email);
  await page.goto(link);
  await expect(page.getByText(`For ${email}.`)).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('New password').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Your password is set')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, email, OWN_PASSWORD);
  await expect(page).toHaveURL(`${base}/w/once-ltd`);

  // The link has had its use.
  await page.goto(link);
  await expect(page.getByRole('alert')).toContainText('cannot be used any more');
  await expect(page.getByLabel('New password')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Ask for a new link' })).toBeVisible();
  await expectAccessible(page);
});

test('with a set-up link there is no password to mail, and the address it was sent to has to be proven', async ({
  page,
}) => {
  const base = server.url();
  const email = 'link@example.com';
  const token = await fetchToken(base, 'demo-partner');
  const created = await provision(base, token, {
    client_name: 'Link & <b>Sons</b>',
    email,
    credential_delivery: 'setup_link',
  });
  const run = await callPartner(
    base,
    token,
    'GET',
    `/operation-runs/${String(created.body['operation_run_id'])}`,
  );
  expect(run.body['result']).toMatchObject({ temporary_password: null, email_sent: true });
  const [mail] = await readMails(base, email);
  expect(mail?.text).not.toMatch(/temporary password/i);
  expect(mail?.html).toContain('Link &amp; &lt;b&gt;Sons&lt;/b&gt;');

  await page.goto(linkIn(mail, base));
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('There is 1 problem to fix')).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('New password').fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fillSignIn(page, email, OWN_PASSWORD);
  await expect(page).toHaveURL(`${base}/w/link-b-sons-b`);
});

async function chooseOwnPassword(page: Page, temporary: string, own: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your own password' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Temporary password').fill(temporary);
  await page.getByLabel('New password').fill(own);
  await page.getByRole('button', { name: 'Change password' }).click();
}

/** Asks for a link on the screen, and reads it from the mail. */
async function resetByMail(page: Page, base: string, email: string): Promise<string> {
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByLabel('Email').fill(email);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('Look into your mail')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the demo mailbox' })).toBeVisible();
  await expectAccessible(page);
  await expect.poll(async () => (await readMails(base, email))[0]?.subject).toBe('Set a new password');
  return linkIn((await readMails(base, email))[0], base);
}

function linkIn(mail: Mail | undefined, base: string): string {
  const link = /https?:\S+\/set-password\?token=\S+/.exec(mail?.text ?? '')?.[0];
  if (!link?.startsWith(base)) throw new Error(`No link of ours in: ${String(mail?.text)}`);
  return link;
}
