import { expect, type Page } from '@playwright/test';
import { SANDBOX_CLIENT_ID, SERVER } from './people.js';

/** Opens the wizard and identifies a sandbox directory; ends on the connection step. */
export async function identify(page: Page, domain: string, name: string, base = SERVER): Promise<void> {
  await page.goto(`${base}/w/acme/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill(domain);
  await expect(page.getByText('Sandbox').first()).toBeVisible();
  await page.getByLabel('Display name').fill(name);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Connection' })).toBeVisible();
}

/** Creates a connection with a client secret; ends on the verification step. */
export async function connect(page: Page, secret = 'sandbox-secret'): Promise<void> {
  await page.getByLabel('Display name').fill('Sandbox app');
  await page.getByLabel('Client ID').fill(SANDBOX_CLIENT_ID);
  await page.getByLabel('Client secret', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Verify' })).toBeVisible();
}

/** Starts the verification and waits until it has passed. */
export async function verify(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible({ timeout: 40_000 });
}
