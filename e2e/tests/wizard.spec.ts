import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { signIn } from './people.js';
import { bootstrapAll, connect, goOnToBootstrap, identify, verify } from './wizard-steps.js';

const server = useServer();

test('the whole wizard, from signing in to the first snapshot, accessible on every screen', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto(`${server.url()}/sign-in`);
  await expectAccessible(page);
  await signIn(page, server.url(), 'owner@acme.example');
  await page.goto(server.url());
  await expectAccessible(page);
  await page.goto(`${server.url()}/w/acme`);
  await expect(page.getByRole('heading', { name: 'Bring the first tenant on board' })).toBeVisible();
  await expectAccessible(page);

  await identify(page, server.url(), 'healthy.sandbox.example', 'Contoso');
  const steps = page.getByRole('navigation', { name: 'Onboarding steps' });
  await expect(steps.locator('[aria-current="step"]:visible')).toContainText('Connection');
  await expect(page.getByText('Sandbox').first()).toBeVisible();
  await expectAccessible(page);

  await connect(page);
  await expectAccessible(page);
  await verify(page);
  await expect(page.getByText('Passed')).toHaveCount(9);
  await expectAccessible(page);

  await goOnToBootstrap(page);
  await expectAccessible(page);
  await bootstrapAll(page);
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Contoso');
  await expect(page.getByText('1,234').first()).toBeVisible();
  await expectAccessible(page);

  await page.goto(`${server.url()}/w/acme`);
  await expect(page.getByText('Healthy').first()).toBeVisible();
  await expectAccessible(page);
});

test('a suggested name follows the domain until somebody edits it, and no draft keeps it', async ({
  page,
}) => {
  await signIn(page, server.url(), 'owner@acme.example');
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  const domain = page.getByLabel('Domain or tenant ID');
  const name = page.getByLabel('Display name');
  await domain.fill('flaky.sandbox.example');
  await expect(name).toHaveValue('Flaky');
  await domain.fill('credential-expired.sandbox.example');
  await expect(name).toHaveValue('Credential-expired');
  const drafts = await page.evaluate(() => Object.values(sessionStorage).join());
  expect(drafts).toContain('credential-expired.sandbox.example');
  expect(drafts).not.toContain('Credential-expired');

  await name.fill('Fabrikam');
  await domain.fill('consent-missing.sandbox.example');
  await expect(page.getByText('Tenant found').first()).toBeVisible();
  await page.reload();
  await expect(page.getByText('Tenant found').first()).toBeVisible();
  await expect(name).toHaveValue('Fabrikam');
});

test('what holds a domain is named, and the domain in it used', async ({ page }) => {
  await signIn(page, server.url(), 'owner@acme.example');
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  const domain = page.getByLabel('Domain or tenant ID');
  await domain.fill('ada@slow.sandbox.example');
  await expect(page.getByText('That is an email address.')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use slow.sandbox.example' }).click();
  await expect(domain).toHaveValue('slow.sandbox.example');
  await expect(domain).toBeFocused();
});
