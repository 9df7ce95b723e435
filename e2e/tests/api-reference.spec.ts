import { expect, test, useServer } from './fixtures.js';

const server = useServer();

test('the reference page of the API works with nothing but this server', async ({ page }) => {
  const outside: string[] = [];
  const problems: string[] = [];
  await page.route(
    (url) => url.origin !== server.url() && !['data:', 'blob:'].includes(url.protocol),
    async (route) => {
      outside.push(route.request().url());
      await route.abort();
    },
  );
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));

  await page.goto(`${server.url()}/api/docs`);
  await expect(page.getByRole('heading', { name: 'Gangway provisioning API' })).toBeVisible();
  await page
    .getByRole('button', { name: /Mail templates/ })
    .first()
    .click();
  await page
    .getByRole('link', { name: /Give a mail your own words/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Give a mail your own words' })).toBeVisible();
  await expect(page.getByText('mail-template:manage').first()).toBeVisible();
  await expect(page.getByText(/Ask AI|Generate MCP/)).toHaveCount(0);
  expect(outside).toEqual([]);
  expect(problems).toEqual([]);
});
