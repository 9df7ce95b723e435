import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { signIn } from './people.js';

// Nothing listens at port 9 of this machine: whatever goes through this proxy ends at once.
const server = useServer({ HTTPS_PROXY: 'http://127.0.0.1:9' });

test('where Microsoft cannot be reached, the screen says so, and what to look at', async ({ page }) => {
  await signIn(page, server.url(), 'owner@acme.example');
  await page.goto(`${server.url()}/w/acme/onboarding/new`);
  await page.getByLabel('Domain or tenant ID').fill('fabrikam.com');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Microsoft cannot be reached from this server');
  await expect(alert).toContainText('HTTPS_PROXY');
  await expect(alert).toContainText('Request ID');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});
