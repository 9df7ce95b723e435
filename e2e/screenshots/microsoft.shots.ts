import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { expect, test, useServer } from '../tests/fixtures.js';
import { connectByCall, startVerificationByCall, untilFinished } from '../tests/onboarding-by-call.js';
import { call, SANDBOX_CLIENT_ID, signInByCall } from '../tests/people.js';
import { identify } from '../tests/wizard-steps.js';

// The pictures of docs/microsoft.md. Needs openssl, for a certificate of a kind that Node cannot make.

const server = useServer({ OUTBOUND_ADDRESSES: '203.0.113.7' });
const signIn = (page: Page) => signInByCall(page.request, server.url(), 'owner@acme.example');
const place = (name: string) => fileURLToPath(new URL(`../../docs/images/${name}.png`, import.meta.url));

/** What is on the screen, with `top` near its upper edge. */
async function shoot(page: Page, name: string, top: Locator): Promise<void> {
  await page.mouse.move(0, 0);
  await top.evaluate((element) =>
    window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 24),
  );
  await page.screenshot({ path: place(name), animations: 'disabled' });
}

async function connected(page: Page, scenario: string, name: string) {
  await signIn(page);
  return connectByCall(page.request, server.url(), { domain: `${scenario}.sandbox.example`, name });
}

async function openVerify(page: Page, onboardingSessionId: string): Promise<void> {
  await page.goto(`${server.url()}/w/acme/onboarding/${onboardingSessionId}/verify`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

const checkOf = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

test('one name, two tenants', async ({ page }) => {
  await signIn(page);
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill('two-clouds.sandbox.example');
  await expect(page.getByRole('radio')).toHaveCount(2);
  await shoot(page, 'microsoft-two-clouds', page.getByRole('heading', { level: 1 }));
});

test('a new credential is waited for', async ({ page }) => {
  const { onboardingSessionId } = await connected(page, 'credential-propagating', 'Fabrikam');
  await openVerify(page, onboardingSessionId);
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByText(/does not accept the new credential yet; next try/)).toBeVisible();
  await shoot(page, 'microsoft-credential-waiting', page.getByRole('heading', { level: 1 }));
});

test('an application that its owner has switched off', async ({ page }) => {
  const asked = await connected(page, 'app-deactivated', 'Proseware');
  await untilFinished(
    page.request,
    server.url(),
    asked.workspaceId,
    await startVerificationByCall(page.request, server.url(), asked),
  );
  await openVerify(page, asked.onboardingSessionId);
  await expect(page.getByText('Who can fix it')).toBeVisible();
  await shoot(page, 'microsoft-app-deactivated', checkOf(page, 'Application'));
});

test('a certificate that cannot sign', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-shots-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync(
    'openssl',
    ['req', '-x509', ...curve, '-subj', '/CN=onboarding', '-days', '90', '-keyout', key, '-out', certificate],
    { stdio: 'ignore' },
  );
  await signIn(page);
  await identify(page, server.url(), 'healthy.sandbox.example', 'Wingtip');
  await page.getByRole('textbox', { name: 'Client ID' }).fill(SANDBOX_CLIENT_ID);
  await page.getByRole('combobox', { name: 'Credential' }).selectOption({ label: 'Certificate' });
  await page.getByLabel('Certificate (PEM)').fill(readFileSync(certificate, 'utf8'));
  await page.getByLabel('Private key (PEM)').fill(readFileSync(key, 'utf8'));
  rmSync(folder, { recursive: true });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/Must have an RSA key/).first()).toBeVisible();
  await shoot(page, 'microsoft-certificate', page.getByText('There is 1 problem to fix'));
});

test('a policy, by its name', async ({ page }) => {
  const asked = await connected(page, 'policy-switched-on', 'Northwind');
  const { workspaceId, managedTenantId } = asked;
  const base = server.url();
  const end = (runId: string) => untilFinished(page.request, base, workspaceId, runId);
  await end(await startVerificationByCall(page.request, base, asked));
  const operationType = 'posture.conditional_access';
  const read = { workspaceId, managedTenantId, operationType };
  const { operationRunId } = await call<{ operationRunId: string }>(
    page.request,
    base,
    'operations.start',
    'mutation',
    read,
  );
  await end(operationRunId);
  await end(await startVerificationByCall(page.request, base, asked));
  await openVerify(page, asked.onboardingSessionId);
  await expect(page.getByText(/Blocked by the policy/)).toBeVisible();
  await shoot(page, 'microsoft-conditional-access', checkOf(page, 'Sign-in'));
});
