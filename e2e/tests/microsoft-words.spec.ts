import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { connectByCall, startVerificationByCall, untilFinished } from './onboarding-by-call.js';
import { call, SANDBOX_CLIENT_ID, signInByCall } from './people.js';
import { connect, expectStep, identify, verify } from './wizard-steps.js';

// What the screens say about a directory: one name for two tenants, who can fix what, and what is not known.

const server = useServer();
const signIn = (page: Page) => signInByCall(page.request, server.url(), 'owner@acme.example');

/** The screen of a verification that has ended. */
async function openVerified(page: Page, scenario: string): Promise<void> {
  await signIn(page);
  const directory = { domain: `${scenario}.sandbox.example`, name: 'Proseware' };
  const connected = await connectByCall(page.request, server.url(), directory);
  const runId = await startVerificationByCall(page.request, server.url(), connected);
  await untilFinished(page.request, server.url(), connected.workspaceId, runId);
  await page.goto(`${server.url()}/w/acme/onboarding/${connected.onboardingSessionId}/verify`);
  await expect(page.getByRole('heading', { name: 'Checks' })).toBeVisible();
}

test('a name of two tenants asks which one is meant, and the chosen one is onboarded', async ({ page }) => {
  test.setTimeout(90_000);
  await signIn(page);
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill('two-clouds.sandbox.example');
  const choices = page.getByRole('group', { name: 'Choose the one you mean' });
  await expect(choices.getByRole('radio')).toHaveCount(2);
  await expectAccessible(page);
  const government = choices.getByRole('radio', { name: /^US Government/ });
  await government.check();
  await expect(page.getByRole('definition').filter({ hasText: /^US Government/ })).toBeVisible();
  await choices.getByRole('radio', { name: /^Sandbox/ }).check();
  await page.getByLabel('Display name').fill('Woodgrove');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectStep(page, 'Connection');
  await connect(page, { clientId: `{${SANDBOX_CLIENT_ID.toUpperCase()}}` });
  await verify(page);
});

test('an application that its owner has switched off: who can fix it, and nothing that contradicts it', async ({
  page,
}) => {
  await openVerified(page, 'app-deactivated');
  await expect(page.getByText('Who can fix it: whoever owns the app registration')).toBeVisible();
  await expect(page.getByText('the operator of this service')).toHaveCount(0);
  const granted = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Granted permissions' }) });
  await expect(granted.getByText('Skipped', { exact: true })).toBeVisible();
  const row = page.getByRole('row', { name: /^User\.Read\.All/ });
  await expect(row.getByRole('cell').nth(1)).toHaveText('Not known');
  await expect(row.getByRole('cell').nth(2)).toHaveText('Yes');
});

test('an answer of the consent page behind the # is an answer all the same', async ({ page }) => {
  await signIn(page);
  const directory = { domain: 'consent-missing.sandbox.example', name: 'Litware' };
  const { workspaceId, onboardingSessionId } = await connectByCall(page.request, server.url(), directory);
  const asked = await call<{ url: string }>(page.request, server.url(), 'consent.start', 'mutation', {
    workspaceId,
    onboardingSessionId,
  });
  const state = new URL(asked.url).searchParams.get('state') ?? '';
  const answer = new URLSearchParams({ error: 'access_denied', error_subcode: 'cancel', state });
  await page.goto(`${server.url()}/consent/return#${answer.toString()}`);
  await expectStep(page, 'Connection');
  await expect(page.getByText('The consent page was left before a decision')).toBeVisible();
});

test('forms are judged without what the content security policy forbids', async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    Object.assign(window, { violations: seen });
  });
  await signIn(page);
  await identify(page, server.url(), 'healthy.sandbox.example', 'Lucerne');
  await page.getByRole('textbox', { name: 'Client ID' }).fill('not an id');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Must be a UUID').first()).toBeVisible();
  const violations = await page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  expect(violations).toEqual([]);
});
