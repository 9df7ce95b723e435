import { expect, type Page } from '@playwright/test';
import { SANDBOX_CLIENT_ID } from './people.js';

/** Waits for a step of the wizard by its document title, which names the step and its place. */
export async function expectStep(
  page: Page,
  step: 'Identify' | 'Connection' | 'Verify' | 'Bootstrap',
): Promise<void> {
  const place = ['Identify', 'Connection', 'Verify', 'Bootstrap'].indexOf(step) + 1;
  await expect(page).toHaveTitle(new RegExp(`^${step}, step ${place} of 4`));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Opens the wizard and identifies a sandbox directory; ends on the connection step. */
export async function identify(
  page: Page,
  base: string,
  domain: string,
  name: string,
  workspace = 'acme',
): Promise<void> {
  await page.goto(`${base}/w/${workspace}/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill(domain);
  await expect(page.getByText('Tenant found').first()).toBeVisible();
  await page.getByLabel('Display name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectStep(page, 'Connection');
}

/** Creates a connection with a client secret; ends on the verification step. */
export async function connect(
  page: Page,
  { secret = 'sandbox-secret', clientId = SANDBOX_CLIENT_ID } = {},
): Promise<void> {
  await page.getByRole('textbox', { name: 'Display name' }).fill('Sandbox app');
  await page.getByRole('textbox', { name: 'Client ID' }).fill(clientId);
  await page.getByRole('textbox', { name: 'Client secret', exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectStep(page, 'Verify');
}

/** Starts the verification and waits until it has passed. */
export async function verify(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 40_000 });
}

/** Goes on from a passed verification. */
export async function goOnToBootstrap(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Continue' }).click();
  await expectStep(page, 'Bootstrap');
}

/** Starts everything that is offered and waits until each has ended. */
export async function bootstrapAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Start \d+ selected$/ }).click();
  await expect(page.getByRole('link', { name: /^Details of/ })).toHaveCount(9, { timeout: 30_000 });
}
