import { expect, test, useServer } from './fixtures.js';
import {
  addConnectionByCall,
  connectByCall,
  startVerificationByCall,
  untilFinished,
} from './onboarding-by-call.js';
import { call, SANDBOX_CLIENT_ID, signInByCall } from './people.js';
import { expectStep } from './wizard-steps.js';

// What is done to a tenant after its onboarding, and to its runs.

const server = useServer();
type Listed = { items: { id: string; version: number }[] };

test('two who edit one connection: what was typed stays through Reload and Keep mine', async ({ page }) => {
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const directory = { domain: 'healthy.sandbox.example', name: 'Contoso' };
  const { workspaceId, managedTenantId } = await connectByCall(page.request, base, directory);
  const list = () =>
    call<Listed>(page.request, base, 'connections.list', 'query', { workspaceId, managedTenantId });
  const changeElsewhere = async (change: object) => {
    const [connection] = (await list()).items;
    const { id: providerConnectionId = '', version = 0 } = connection ?? {};
    const input = { workspaceId, providerConnectionId, version, ...change };
    await call(page.request, base, 'connections.update', 'mutation', input);
  };
  await page.goto(`${base}/w/acme/tenants/${managedTenantId}`);
  await page.getByRole('button', { name: 'Edit Contoso' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Display name').fill('Mine');
  const theirs = '5a4d0b0c-0000-4000-8000-000000000002';
  await changeElsewhere({ displayName: 'Theirs', clientId: theirs });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Changed by owner@acme.example')).toBeVisible();
  await dialog.getByRole('button', { name: 'Reload' }).click();
  await expect(dialog.getByLabel('Display name')).toHaveValue('Mine');
  await expect(dialog.getByText('Saved meanwhile: Theirs')).toBeVisible();
  await expect(dialog.getByLabel('Client ID')).toHaveValue(theirs);

  await changeElsewhere({ displayName: 'Theirs again' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Mine' })).toBeVisible();
});

test('where the default is removed another connection is it, and that is said before', async ({ page }) => {
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const directory = { domain: 'flaky.sandbox.example', name: 'Fabrikam' };
  const onboarding = await connectByCall(page.request, base, directory);
  await addConnectionByCall(page.request, base, onboarding, 'Second');
  const { workspaceId, managedTenantId, onboardingSessionId } = onboarding;
  await call(page.request, base, 'onboarding.abandon', 'mutation', { workspaceId, onboardingSessionId });
  await page.goto(`${base}/w/acme/tenants/${managedTenantId}`);
  await page.getByRole('button', { name: 'Remove Fabrikam' }).click();
  await expect(page.getByRole('dialog')).toContainText('Another connection takes its place');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Remove Fabrikam' })).toBeHidden();
  const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Second' }) });
  await expect(second.getByText('Default', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText('removed the connection Fabrikam from Fabrikam')).toBeVisible();
});

test('cancelling by keyboard leaves the keyboard where it was, in the wizard and on the page of a run', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const slow = await connectByCall(page.request, base, { domain: 'slow.sandbox.example', name: 'Slow' });
  const check = await startVerificationByCall(page.request, base, slow);
  await untilFinished(page.request, base, slow.workspaceId, check);
  await page.goto(`${base}/w/acme/onboarding/${slow.onboardingSessionId}/bootstrap`);
  await expectStep(page, 'Bootstrap');
  await page.getByRole('button', { name: /^Start \d+ selected/ }).click();
  await page.getByRole('button', { name: 'Cancel Users' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Run again: Users' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('link', { name: 'Details of Users' })).toBeFocused();

  const { workspaceId, managedTenantId } = slow;
  const again = { workspaceId, managedTenantId, operationType: 'provider.connection.check' };
  const { operationRunId } = await call<{ operationRunId: string }>(
    page.request,
    base,
    'operations.start',
    'mutation',
    again,
  );
  await page.goto(`${base}/w/acme/runs/${operationRunId}`);
  await page.getByRole('button', { name: 'Cancel the run' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Run again' })).toBeFocused({ timeout: 30_000 });
  await page.getByText('Everything that happened').click();
  await expect(page.getByText('Ended: The run was cancelled')).toBeVisible();
});

test('the list of runs names the tenants and is filtered by one, in the address', async ({ page }) => {
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  for (const [domain, name] of [
    ['license-missing.sandbox.example', 'Northwind'],
    ['consent-missing.sandbox.example', 'Tailspin'],
  ] as const) {
    await startVerificationByCall(
      page.request,
      base,
      await connectByCall(page.request, base, { domain, name }),
    );
  }
  await page.goto(`${base}/w/acme/runs`);
  const northwind = page.getByRole('link', { name: 'Northwind' });
  const tailspin = page.getByRole('link', { name: 'Tailspin' });
  await expect(northwind).toBeVisible();
  await expect(tailspin).toBeVisible();
  await page.getByLabel('Tenant').selectOption({ label: 'Northwind' });
  await expect(tailspin).toBeHidden();
  await expect(northwind).toBeVisible();
  await expect(page).toHaveURL(/tenant=/);
  await page.reload();
  await expect(northwind).toBeVisible();
  await expect(tailspin).toBeHidden();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  await expect(tailspin).toBeVisible();
});

test('after a wrong secret: replaced right there, or a second connection that the finished onboarding makes the default', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const directory = { domain: 'credential-expiring.sandbox.example', name: 'Woodgrove', secret: 'wrong' };
  const replaced = await connectByCall(page.request, base, directory);
  const wrong = await startVerificationByCall(page.request, base, replaced);
  await untilFinished(page.request, base, replaced.workspaceId, wrong);
  const wizardOf = (id: string) => `${base}/w/acme/onboarding/${id}/connection`;
  await page.goto(wizardOf(replaced.onboardingSessionId));
  await expect(page.getByText('The latest check of Woodgrove failed.')).toBeVisible();
  const replace = page.getByRole('button', { name: 'Replace the credential of Woodgrove' });
  await replace.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Client secret', exact: true }).fill('sandbox-secret');
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('The latest check of Woodgrove failed.')).toBeHidden();
  await expect(replace).toBeFocused();
  await page.getByRole('button', { name: 'Edit Woodgrove' }).click();
  await expect(dialog.getByLabel('Display name')).toHaveValue('Woodgrove');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  const second = await connectByCall(page.request, base, {
    ...directory,
    domain: 'license-missing.sandbox.example',
    name: 'Litware',
  });
  const failed = await startVerificationByCall(page.request, base, second);
  await untilFinished(page.request, base, second.workspaceId, failed);
  await page.goto(wizardOf(second.onboardingSessionId));
  await page.getByRole('radio', { name: 'Create a new connection' }).check();
  await expect(page.getByRole('textbox', { name: 'Display name' })).toHaveValue('Litware 2');
  await page.getByRole('textbox', { name: 'Client ID' }).fill(SANDBOX_CLIENT_ID);
  await page.getByRole('textbox', { name: 'Client secret', exact: true }).fill('sandbox-secret');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectStep(page, 'Verify');
  await page.getByRole('button', { name: 'Start verification' }).click();
  await page.getByRole('link', { name: 'Continue' }).click({ timeout: 40_000 });
  await expectStep(page, 'Bootstrap');
  const { workspaceId, onboardingSessionId, managedTenantId } = second;
  await call(page.request, base, 'onboarding.complete', 'mutation', { workspaceId, onboardingSessionId });
  await page.goto(`${base}/w/acme/tenants/${managedTenantId}`);
  const mended = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Litware 2', exact: true }) });
  await expect(mended.getByText('Default', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Read again: / }).first()).toBeVisible();
  await expect(page.getByText('Nothing can be read right now')).toBeHidden();
  await expect(page.getByText('Failing')).toBeHidden();
});
