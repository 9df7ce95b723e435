import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { call, mailedLink, signInByCall } from './people.js';
import { connectByCall, startVerificationByCall, untilFinished } from './onboarding-by-call.js';

// Every screen with something on it: axe finds nothing, and at 320 pixels nothing has to be scrolled sideways.

const server = useServer();
let addresses: string[] = [];

test.beforeAll(async ({ playwright }) => {
  const request = await playwright.request.newContext();
  const base = server.url();
  await signInByCall(request, base, 'owner@acme.example');
  const failing = await connectByCall(request, base, {
    domain: 'healthy.sandbox.example',
    name: 'Contoso',
    secret: 'not-the-secret',
  });
  const failedRun = await startVerificationByCall(request, base, failing);
  expect((await untilFinished(request, base, failing.workspaceId, failedRun)).reasonCode).toBe(
    'credential.invalid',
  );
  const done = await connectByCall(request, base, { domain: 'flaky.sandbox.example', name: 'Fabrikam' });
  const { workspaceId, onboardingSessionId, managedTenantId } = done;
  const run = await startVerificationByCall(request, base, done);
  expect((await untilFinished(request, base, workspaceId, run)).status).toBe('succeeded');
  const operationTypes = ['inventory.users', 'inventory.licenses', 'inventory.directory_roles'];
  const bootstrap = { workspaceId, onboardingSessionId, operationTypes };
  const started = await call<{ operationRunIds: string[] }>(
    request,
    base,
    'onboarding.startBootstrap',
    'mutation',
    bootstrap,
  );
  for (const id of started.operationRunIds) await untilFinished(request, base, workspaceId, id);
  const abandoned = await connectByCall(request, base, { domain: 'slow.sandbox.example', name: 'Northwind' });
  await call(request, base, 'onboarding.abandon', 'mutation', {
    workspaceId,
    onboardingSessionId: abandoned.onboardingSessionId,
  });
  const guest = 'guest@example.com';
  await call(request, base, 'members.invite', 'mutation', { workspaceId, email: guest, role: 'viewer' });
  const invitation = await mailedLink(request, base, guest, '/invitation');
  addresses = [
    '/',
    invitation.slice(base.length),
    '/invitation?token=used',
    '/account?workspace=acme',
    '/mailbox',
    '/w/acme',
    '/w/acme/onboarding/new',
    `/w/acme/onboarding/${failing.onboardingSessionId}/connection`,
    `/w/acme/onboarding/${failing.onboardingSessionId}/verify`,
    `/w/acme/onboarding/${onboardingSessionId}/bootstrap`,
    `/w/acme/onboarding/${abandoned.onboardingSessionId}/verify`,
    `/w/acme/tenants/${managedTenantId}`,
    '/w/acme/runs',
    `/w/acme/runs/${failedRun}`,
    `/w/acme/runs/${started.operationRunIds[0] ?? ''}`,
    '/w/acme/members',
    '/w/acme/audit',
    '/w/no-such-workspace',
  ];
  await request.dispose();
});

test('axe finds nothing on any screen, light or dark', async ({ page }) => {
  test.setTimeout(240_000);
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  for (const address of addresses) {
    await page.goto(server.url() + address);
    await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page);
  }
});

test('at 320 pixels no screen scrolls sideways, and the first stop of the Tab key skips to the content', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 320, height: 640 });
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  for (const address of addresses) {
    await page.goto(server.url() + address);
    await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
    await page.waitForLoadState('networkidle');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, address).toBeLessThanOrEqual(0);
  }
  await page.goto(`${server.url()}/w/acme/runs`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveText(/^Skip to/);
});
