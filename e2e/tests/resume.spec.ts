import { expect, test, useServer } from './fixtures.js';
import { call, SANDBOX_CLIENT_ID, signIn, signInByCall } from './people.js';
import { addConnectionByCall, connectByCall, startVerificationByCall } from './onboarding-by-call.js';
import { connect, expectStep, identify, verify } from './wizard-steps.js';

const server = useServer();

test('stopping at each step and carrying on elsewhere, and a colleague who finishes it', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const asNew = async (email: string) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signInByCall(page.request, server.url(), email);
    await page.goto(`${server.url()}/w/acme`);
    return page;
  };

  const first = await asNew('operator@acme.example');
  await identify(first, server.url(), 'healthy.sandbox.example', 'Contoso');
  await first.context().close();

  const second = await asNew('operator@acme.example');
  await second
    .getByRole('link', { name: /Continue/ })
    .first()
    .click();
  await expectStep(second, 'Connection');
  await connect(second);
  await second.context().close();

  const third = await asNew('operator@acme.example');
  await third
    .getByRole('link', { name: /Continue/ })
    .first()
    .click();
  await expectStep(third, 'Verify');
  await third.getByRole('button', { name: 'Start verification' }).click();
  // Closed in the middle: the run needs nobody who looks.
  await third.context().close();

  const colleague = await asNew('admin@acme.example');
  await expect(colleague.getByText('Contoso').first()).toBeVisible();
  await colleague
    .getByRole('link', { name: /Continue/ })
    .first()
    .click();
  await expect(colleague.getByText('The connection works').first())
    .toBeVisible({ timeout: 30_000 })
    .catch(async () => expectStep(colleague, 'Bootstrap'));
  await colleague.goto(colleague.url().replace(/\/verify$/, '/bootstrap'));
  await expectStep(colleague, 'Bootstrap');
  // The button moves down when the operations above it are there; a click in that moment would miss it.
  await expect(colleague.getByRole('checkbox').first()).toBeVisible();
  await colleague.getByRole('button', { name: 'Skip for now' }).click();
  await expect(colleague.getByRole('heading', { level: 1 })).toContainText('Contoso');
  await colleague.context().close();
});

test('a deep link past the current step leads back to it, with a word about it', async ({ page }) => {
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  const { onboardingSessionId } = await connectByCall(page.request, server.url(), {
    domain: 'flaky.sandbox.example',
    name: 'Flaky',
  });
  await page.goto(`${server.url()}/w/acme/onboarding/${onboardingSessionId}/bootstrap`);
  await expectStep(page, 'Verify');
  await expect(page.getByText('That step is not open yet').first()).toBeVisible();
});

test('a failing verification says why, is mended, and passes when it is run again', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, server.url(), 'owner@acme.example');
  await identify(page, server.url(), 'credential-expiring.sandbox.example', 'Fabrikam');
  await connect(page, { secret: 'this-is-not-the-secret' });
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByText('credential.invalid').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Microsoft refused the client secret').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toHaveClass(/secondary/);
  const replace = page.getByRole('button', { name: 'Replace the credential' });
  await expect(replace).toHaveClass(/primary/);
  await replace.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Client secret', exact: true }).fill('still-not-the-secret');
  await dialog.getByRole('button', { name: 'Replace' }).click();
  await expect(replace).toBeFocused();
  await expect(page.getByRole('button', { name: 'Run again' })).toHaveClass(/primary/);
  await page.getByRole('button', { name: 'Run again' }).click();
  await expect(replace).toHaveClass(/primary/, { timeout: 30_000 });

  await page.getByRole('link', { name: 'Edit the connection' }).first().click();
  await expectStep(page, 'Connection');
  await page.getByRole('radio', { name: /Create a new connection/ }).check();
  await connect(page);
  await verify(page);
});

test('a page that stands open follows the colleague who carries on', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const fabrikam = await connectByCall(page.request, base, {
    domain: 'credential-expiring.sandbox.example',
    name: 'Fabrikam',
    secret: 'this-is-not-the-secret',
  });
  const { workspaceId, onboardingSessionId } = fabrikam;
  await page.goto(`${base}/w/acme/onboarding/${onboardingSessionId}/verify`);
  await page.getByRole('button', { name: 'Start verification' }).click();
  await expect(page.getByText('credential.invalid').first()).toBeVisible({ timeout: 30_000 });

  const { request } = await browser.newContext();
  await signInByCall(request, base, 'admin@acme.example');
  const session = { workspaceId, onboardingSessionId };
  const { version } = await call<{ version: number }>(request, base, 'onboarding.get', 'query', session);
  await call(request, base, 'onboarding.selectConnection', 'mutation', {
    ...session,
    version,
    create: {
      displayName: 'Mended',
      cloud: 'sandbox',
      clientId: SANDBOX_CLIENT_ID,
      credential: { kind: 'client_secret', clientSecret: 'sandbox-secret' },
    },
  });
  await startVerificationByCall(request, base, fabrikam);
  await expect(page.getByText('admin@acme.example carried on').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 60_000 });
  await call(request, base, 'onboarding.complete', 'mutation', session);
  await expect(page).toHaveURL(/\/complete$/, { timeout: 30_000 });
});

test('a reload in the middle of a bootstrap shows where it is, and it ends once', async ({ page }) => {
  test.setTimeout(120_000);
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const slow = await connectByCall(page.request, base, { domain: 'slow.sandbox.example', name: 'Slow' });
  await startVerificationByCall(page.request, base, slow);
  await page.goto(`${base}/w/acme/onboarding/${slow.onboardingSessionId}/verify`);
  await expect(page.getByText('The connection works').first()).toBeVisible({ timeout: 60_000 });
  const { workspaceId, onboardingSessionId } = slow;
  const operationTypes = ['inventory.users'];
  await call(page.request, base, 'onboarding.startBootstrap', 'mutation', {
    workspaceId,
    onboardingSessionId,
    operationTypes,
  });
  await page.goto(`${base}/w/acme/onboarding/${onboardingSessionId}/bootstrap`);
  await expectStep(page, 'Bootstrap');
  await page.reload();
  await expectStep(page, 'Bootstrap');
  await expect(
    page.getByRole('listitem').filter({ hasText: 'All user accounts' }).getByText('Done'),
  ).toBeVisible({ timeout: 60_000 });
  const runs = await call<{ items: { type: string }[] }>(page.request, base, 'operations.list', 'query', {
    workspaceId,
    type: 'inventory.users',
  });
  expect(runs.items).toHaveLength(1);
});

test('two tabs at the connection step: Keep mine wins, and both show what the session holds', async ({
  page,
  context,
}) => {
  const base = server.url();
  await signInByCall(page.request, base, 'owner@acme.example');
  const directory = { domain: 'healthy.sandbox.example', name: 'Contoso' };
  const onboarding = await connectByCall(page.request, base, directory);
  await addConnectionByCall(page.request, base, onboarding, 'Second');
  const address = `${base}/w/acme/onboarding/${onboarding.onboardingSessionId}/connection`;
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(address);
    await expect(tab.getByRole('radio', { name: /^Contoso/ })).toBeChecked();
  }
  await other.getByRole('radio', { name: /^Second/ }).check();
  // The first tab saves first, so the second one has seen an older version.
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expectStep(page, 'Verify');
  await other.getByRole('button', { name: 'Continue', exact: true }).click();
  await other.getByRole('button', { name: 'Keep mine' }).click();
  await expectStep(other, 'Verify');

  await page
    .getByRole('link', { name: /Connection/ })
    .first()
    .click();
  await expectStep(page, 'Connection');
  await expect(page.getByRole('radio', { name: /^Second/ })).toBeChecked();
});

test('an abandoned onboarding says who gave it up and when, and can be begun again', async ({ page }) => {
  const base = server.url();
  await signInByCall(page.request, base, 'operator@acme.example');
  const { workspaceId, onboardingSessionId } = await connectByCall(page.request, base, {
    domain: 'consent-missing.sandbox.example',
    name: 'Northwind',
  });
  await call(page.request, base, 'onboarding.abandon', 'mutation', { workspaceId, onboardingSessionId });

  await signInByCall(page.request, base, 'viewer@acme.example');
  await page.goto(`${base}/w/acme/onboarding/${onboardingSessionId}/verify`);
  await expect(page.getByText('operator@acme.example abandoned this onboarding just now')).toBeVisible();
  await expect(page.getByRole('button', { name: /again/ })).toHaveCount(0);

  await signInByCall(page.request, base, 'admin@acme.example');
  await page.reload();
  await page.getByRole('button', { name: 'Onboard Northwind again' }).click();
  await expectStep(page, 'Connection');
  await page.goto(`${base}/w/acme/onboarding/${onboardingSessionId}/verify`);
  await page.getByRole('link', { name: 'Continue' }).click();
  await expectStep(page, 'Connection');
});

test('giving up from a later step: the home and the first step say so, and offer to begin again', async ({
  page,
}) => {
  const base = server.url();
  const domain = 'license-missing.sandbox.example';
  await signInByCall(page.request, base, 'owner@acme.example');
  const { onboardingSessionId } = await connectByCall(page.request, base, { domain, name: 'Woodgrove' });
  for (const [step, title] of [
    ['identify', 'Identify'],
    ['connection', 'Connection'],
    ['verify', 'Verify'],
  ] as const) {
    await page.goto(`${base}/w/acme/onboarding/${onboardingSessionId}/${step}`);
    await expectStep(page, title);
    await expect(page.getByRole('button', { name: 'Abandon this onboarding' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Abandon this onboarding' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Abandon this onboarding' }).click();
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Woodgrove' }) });
  await expect(card.getByText('Onboarding abandoned')).toBeVisible();
  await expect(card).not.toContainText('hecked');

  await page.goto(`${base}/w/acme/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill(domain);
  await expect(page.getByText('Its onboarding was abandoned')).toBeVisible();
  await expect(page.getByText('It is on board')).toHaveCount(0);
  await page.getByRole('button', { name: 'Begin again' }).click();
  await expectStep(page, 'Connection');
});
