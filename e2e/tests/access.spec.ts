import { connectByCall, startVerificationByCall } from './onboarding-by-call.js';
import { expect, test, useServer } from './fixtures.js';
import { call, signInByCall } from './people.js';

// A viewer meets 403 where something is to be done, a stranger meets 404 everywhere, nobody is asked to sign in.

const server = useServer();
let addresses: string[] = [];

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext();
  await signInByCall(request, server.url(), 'owner@acme.example');
  const onboarding = await connectByCall(request, server.url(), {
    domain: 'healthy.sandbox.example',
    name: 'Contoso',
  });
  const runId = await startVerificationByCall(request, server.url(), onboarding);
  const { managedTenantId, onboardingSessionId } = onboarding;
  addresses = [
    '/w/acme',
    '/w/acme/onboarding/new',
    ...['identify', 'connection', 'verify', 'bootstrap'].map(
      (step) => `/w/acme/onboarding/${onboardingSessionId}/${step}`,
    ),
    `/w/acme/tenants/${managedTenantId}`,
    '/w/acme/runs',
    `/w/acme/runs/${runId}`,
    '/w/acme/members',
    '/w/acme/audit',
  ];
  await request.dispose();
});

test('a stranger finds nothing at every address, the same as where nothing is', async ({ page }) => {
  await signInByCall(page.request, server.url(), 'owner@globex.example');
  await page.goto(`${server.url()}/w/no-such-workspace`);
  const nothing = page.getByRole('heading', { level: 1, name: 'There is nothing here' });
  await expect(nothing).toBeVisible();
  const expected = await page.getByRole('main').innerText();
  for (const address of addresses) {
    await page.goto(server.url() + address);
    await expect(nothing, address).toBeVisible();
    expect(await page.getByRole('main').innerText(), address).toBe(expected);
  }
});

test('a viewer sees everything that can be looked at, and is told what they lack where something is to be done', async ({
  page,
}) => {
  await signInByCall(page.request, server.url(), 'viewer@acme.example');
  for (const address of addresses) {
    await page.goto(server.url() + address);
    await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
    await expect(page.getByText('There is nothing here'), address).toBeHidden();
    await expect(
      page.getByRole('button', { name: /^(Start verification|Continue|Invite)$/ }),
      address,
    ).toHaveCount(0);
  }
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  await expect(page.getByText('onboarding:run').first()).toBeVisible();
  await page.goto(`${server.url()}/w/acme/audit`);
  await expect(page.getByText('audit:read').first()).toBeVisible();
  await expect(page.getByText('owner@acme.example').first()).toBeVisible();
});

test('who is not signed in is asked to, and comes back to the address', async ({ page }) => {
  await page.goto(`${server.url()}/w/acme/runs`);
  await page.getByLabel('Email').fill('owner@acme.example');
  await page.getByLabel('Password', { exact: true }).fill('gangway-demo-2026');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/w\/acme\/runs$/);
});

test('the account page keeps the way back to the workspace, also after a reload', async ({ page }) => {
  await signInByCall(page.request, server.url(), 'admin@acme.example');
  // Also for who is quicker than the workspace.
  let letThrough = (): void => undefined;
  const isLate = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\/trpc\/[^?]*workspaces\.get/, async (route) => {
    await isLate;
    await route.continue();
  });
  await page.goto(`${server.url()}/w/acme/runs`);
  await page.getByRole('link', { name: 'Account' }).click();
  letThrough();
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
  const nav = page.getByRole('navigation', { name: 'Workspace' });
  await expect(nav.getByRole('link', { name: 'Members' })).toBeVisible();
  await page.reload();
  await expect(nav.getByRole('link', { name: 'Members' })).toBeVisible();
  await nav.getByRole('link', { name: 'Runs' }).click();
  await expect(page).toHaveURL(/\/w\/acme\/runs$/);

  await page.goto(`${server.url()}/account?workspace=globex`);
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expect(page.getByText('Globex')).toBeHidden();
});

test('a removed member is a stranger from the next look on', async ({ page, playwright }) => {
  await signInByCall(page.request, server.url(), 'operator@acme.example');
  await page.goto(`${server.url()}/w/acme`);
  await expect(page.getByText('Contoso').first()).toBeVisible();

  const owner = await playwright.request.newContext();
  await signInByCall(owner, server.url(), 'owner@acme.example');
  const { id: workspaceId } = await call<{ id: string }>(owner, server.url(), 'workspaces.get', 'query', {
    workspaceId: 'acme',
  });
  const members = await call<{ items: { userId: string; email: string }[] }>(
    owner,
    server.url(),
    'members.list',
    'query',
    { workspaceId },
  );
  const userId = members.items.find((member) => member.email === 'operator@acme.example')?.userId;
  await call(owner, server.url(), 'members.remove', 'mutation', { workspaceId, userId });
  await owner.dispose();

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'There is nothing here' })).toBeVisible();
});
