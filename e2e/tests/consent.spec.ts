import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { connectByCall } from './onboarding-by-call.js';
import { call, fillSignIn, SANDBOX_CLIENT_ID, signInByCall } from './people.js';
import { expectStep, identify } from './wizard-steps.js';

// From a consent that is missing to a connection that works: by oneself, by a link, and when somebody says no.

const server = useServer();

/** Signs in and opens a step of an onboarding whose connection is in a directory of the sandbox. */
async function open(page: Page, scenario: string, step: 'connection' | 'verify'): Promise<void> {
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  const domain = `${scenario}.sandbox.example`;
  const { onboardingSessionId } = await connectByCall(page.request, server.url(), {
    domain,
    name: 'Contoso',
  });
  await page.goto(`${server.url()}/w/acme/onboarding/${onboardingSessionId}/${step}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('a failed verification leads to the consent page, and the way back to one that passes', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await open(page, 'consent-missing', 'verify');
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByText('Failed', { exact: true })).toHaveCount(1, { timeout: 40_000 });
  await expect(page.getByText('Not checked, because of what "Organization" found')).toHaveCount(2);
  await page.getByRole('button', { name: 'Ask for consent' }).click();
  await expect(page.getByRole('heading', { name: 'Ask for consent' })).toBeFocused();
  await expectAccessible(page);
  await expect(page.locator('main .button.primary')).toHaveText(['Continue to Microsoft']);
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox: permissions requested' })).toBeVisible();
  await expectAccessible(page);
  const wayBack = page.waitForRequest(/\/consent\/return\?/);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expectStep(page, 'Verify');
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 40_000 });
  await expect(page.getByText('Passed', { exact: true })).toHaveCount(9);
  const steps = page.getByRole('navigation', { name: 'Onboarding steps' });
  await expect(steps.getByRole('link', { name: /Bootstrap/ })).toBeVisible();

  // The same way back a second time leads nowhere.
  const again = await page.goto((await wayBack).url());
  expect(again?.status()).toBe(410);
  await expect(page.getByRole('heading', { name: 'This way back is over' })).toBeVisible();
  await expectAccessible(page);
});

test('the link of a hand-off shows what is asked for, works once, and starts the verification for who made it', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await open(page, 'permission-missing', 'connection');
  await page.getByRole('button', { name: 'Ask for consent' }).click();
  await page.getByRole('button', { name: 'Create a link for the administrator' }).click();
  await expect(page.getByText(/^Waiting for consent since \d\d:\d\d$/)).toBeVisible();
  await expectAccessible(page);
  const link = (await page.locator('code', { hasText: '/handoff/' }).textContent()) ?? '';

  const elsewhere = await browser.newContext();
  const administrator = await elsewhere.newPage();
  await administrator.goto(link);
  await expect(administrator.getByRole('heading', { name: 'Acme asks for your consent' })).toBeVisible();
  await expect(administrator.getByText('Organization.Read.All')).toBeVisible();
  await expect(administrator.getByRole('link')).toHaveCount(1);
  await expect(administrator.getByRole('link')).toHaveText(/^Skip to/);
  await expectAccessible(administrator);
  await administrator.setViewportSize({ width: 320, height: 640 });
  const overflow = await administrator.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await administrator.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await expect(page.getByText(/was followed .* and is used up/)).toBeVisible();
  await administrator.getByRole('button', { name: 'Accept' }).click();
  await expect(administrator.getByRole('heading', { name: 'Thank you' })).toBeVisible();
  await expectAccessible(administrator);

  // Whoever waits on the connection step is told, and finds the verification under way or done.
  await page.getByRole('link', { name: 'See the verification' }).click();
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 40_000 });

  await administrator.goto(link);
  await expect(administrator.getByText('This link was used before')).toBeVisible();
  await expectAccessible(administrator);
  await elsewhere.close();
});

test('a link can be withdrawn, and then says so', async ({ page, browser }) => {
  await open(page, 'consent-missing', 'connection');
  await page.getByRole('button', { name: 'Ask for consent' }).click();
  await page.getByRole('button', { name: 'Create a link for the administrator' }).click();
  const link = (await page.locator('code', { hasText: '/handoff/' }).textContent()) ?? '';
  await page.getByRole('button', { name: 'Withdraw the link' }).click();
  await expect(page.getByText('The link was withdrawn')).toBeVisible();
  const elsewhere = await browser.newContext();
  const administrator = await elsewhere.newPage();
  await administrator.goto(link);
  await expect(administrator.getByText('This link was withdrawn')).toBeVisible();
  await expect(administrator.getByText('Ask whoever sent you the link for a new one.')).toBeVisible();
  await elsewhere.close();
});

test('who declines is brought back to the connection, which says so; saving a connection leads to consent too', async ({
  page,
}) => {
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  await identify(page, server.url(), 'consent-declined.sandbox.example', 'Fabrikam');
  await page.getByRole('textbox', { name: 'Client ID' }).fill(SANDBOX_CLIENT_ID);
  await page.getByRole('textbox', { name: 'Client secret', exact: true }).fill('sandbox-secret');
  await page.getByRole('button', { name: 'Save, then ask for consent' }).click();
  await expect(page.getByRole('heading', { name: 'Ask for consent' })).toBeFocused();
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expectStep(page, 'Connection');
  await expect(page.getByText('Admin consent was declined')).toBeVisible();
  await expect(page.getByText('consent.declined')).toBeVisible();
  await page.getByText('Evidence', { exact: true }).click();
  await expect(page.getByText('AADSTS65004')).toBeVisible();
  await expect(page.getByText('Correlation ID')).toBeVisible();
  await expectAccessible(page);
});

test('without an onboarding, the page of the tenant asks for consent where a check failed for want of it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const directory = { domain: 'permission-missing.sandbox.example', name: 'Tailspin' };
  const { workspaceId, managedTenantId, onboardingSessionId } = await connectByCall(
    page.request,
    base,
    directory,
  );
  await call(page.request, base, 'onboarding.abandon', 'mutation', { workspaceId, onboardingSessionId });
  const tenantPage = `${base}/w/acme/tenants/${managedTenantId}`;
  await page.goto(tenantPage);
  await expect(page.getByRole('heading', { name: 'Connections' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask for consent' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Run checks' }).click();
  const ask = page.getByRole('button', { name: 'Ask for consent' });
  await expect(ask).toBeVisible({ timeout: 40_000 });
  await ask.click();
  await expect(page.getByRole('heading', { name: 'Ask for consent' })).toBeFocused();
  await page.getByRole('button', { name: 'Create a link for the administrator' }).click();
  await expect(page.getByText(/^Waiting for consent since \d\d:\d\d$/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Withdraw the link' }).click();
  await expect(page.getByText('The link was withdrawn')).toBeVisible();
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page).toHaveURL(tenantPage);
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 40_000 });
  await expect(ask).toHaveCount(0);
});

test('the home page says who is waited for; a session that ended at Microsoft leads back through signing in', async ({
  page,
}) => {
  await open(page, 'permission-delegated-only', 'connection');
  const home = `${server.url()}/w/acme`;
  const step = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Ask for consent' }).click();
  await page.getByRole('button', { name: 'Continue to Microsoft' }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox: permissions requested' })).toBeVisible();
  const consentPage = page.url();
  await page.goto(home);
  await expect(page.getByText(/^Waiting for consent since \d\d:\d\d$/).first()).toBeVisible();
  await expectAccessible(page);
  await page.goto(consentPage);
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fillSignIn(page, 'owner@acme.example');
  await expectStep(page, 'Verify');
  expect(new URL(page.url()).pathname).toBe(step.replace(/connection$/, 'verify'));
});
