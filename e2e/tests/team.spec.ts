import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.js';
import { expect, test, useServer } from './fixtures.js';
import { fillSignIn, mailedLink, signInByCall } from './people.js';

// Inviting, being invited, and what the trail tells of it.

const server = useServer();

async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.goto(`${server.url()}/w/acme/members`);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption(role);
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByText(`on its way to ${email}`)).toBeVisible();
  return mailedLink(page.request, server.url(), email, '/invitation');
}

test('an invited person without an account chooses a password and stands in the workspace', async ({
  page,
  browser,
}) => {
  await signInByCall(page.request, server.url(), 'admin@acme.example');
  const link = await invite(page, 'newcomer@example.com', 'operator');
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByRole('heading', { level: 1, name: 'Join Acme' })).toBeVisible();
  await expect(guest.getByText('admin@acme.example invites you')).toContainText('as operator');
  await expectAccessible(guest);
  await guest.getByLabel('New password').fill('short');
  await guest.getByRole('button', { name: 'Join as operator' }).click();
  await expect(guest.getByRole('group', { name: /problem to fix/ })).toBeFocused();
  await guest.getByLabel('New password').fill('a password of my own');
  await guest.getByRole('button', { name: 'Join as operator' }).click();
  await expect(guest).toHaveURL(/\/w\/acme$/);
  await expect(guest.getByRole('heading', { level: 1, name: 'Acme' })).toBeVisible();

  await guest.goto(link);
  await expect(guest.getByText('This invitation is over')).toBeVisible();
  await expectAccessible(guest);
  await guest.context().close();
  await page.goto(`${server.url()}/w/acme/audit`);
  await expect(
    page.getByRole('rowheader', { name: 'newcomer@example.com joined the workspace as operator' }),
  ).toBeVisible();
  await expect(
    page.getByRole('rowheader', { name: 'admin@acme.example invited newcomer@example.com as operator' }),
  ).toBeVisible();
});

test('who has an account accepts by signing in; who is signed in as somebody else is told', async ({
  page,
  browser,
}) => {
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  const link = await invite(page, 'nobody@example.com', 'viewer');
  await page.goto(link);
  await expect(page.getByText('you are signed in as owner@acme.example')).toBeVisible();
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(link);
  await expect(guest.getByText('You have an account already')).toBeVisible();
  await fillSignIn(guest, 'viewer@acme.example');
  await expect(guest.getByText('you are signed in as viewer@acme.example')).toBeVisible();
  await guest.getByRole('button', { name: 'Sign out and go on' }).click();
  await expect(guest.getByLabel('Email')).toHaveValue('nobody@example.com');
  await fillSignIn(guest, 'nobody@example.com');
  await expect(guest).toHaveURL(/\/w\/acme$/);
  await guest.context().close();
});

test('a pending invitation is sent again and revoked, and the old links lead nowhere', async ({
  page,
  browser,
}) => {
  const email = 'pending@example.com';
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  const first = await invite(page, email, 'viewer');
  await page.getByRole('button', { name: `Resend the invitation of ${email}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'A new link is on its way' })).toBeAttached();
  const second = await mailedLink(page.request, server.url(), email, '/invitation');
  expect(second).not.toBe(first);
  await page.getByRole('button', { name: `Revoke the invitation of ${email}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('rowheader', { name: email })).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const guest = await (await browser.newContext()).newPage();
  for (const link of [first, second]) {
    await guest.goto(link);
    await expect(guest.getByText('This invitation is over')).toBeVisible();
    await expect(guest.getByText('To get a new one')).toBeVisible();
  }
  await guest.context().close();
});

test('a role is saved by its button alone, and to or from owner only once that is confirmed', async ({
  page,
}) => {
  await signInByCall(page.request, server.url(), 'owner@acme.example');
  const saved: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('members.changeRole')) saved.push(request.postData() ?? '');
  });
  await page.goto(`${server.url()}/w/acme/members`);
  const email = 'viewer@acme.example';
  const role = page.getByRole('combobox', { name: `Role of ${email}` });
  const save = page.getByRole('button', { name: `Save the role of ${email}` });
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await expect(role).toHaveValue('viewer');
  await role.focus();
  // Past operator and admin to owner, as somebody does who looks through the roles.
  await press('ArrowUp', 'ArrowUp', 'ArrowUp');
  await expect(role).toHaveValue('owner');
  await press('Tab');
  await expect(save).toBeFocused();
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: `Make ${email} an owner?` });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath('make-owner.png') });
  await press('Escape');
  await expect(dialog).toBeHidden();
  await expect(save).toBeFocused();
  expect(saved).toEqual([]);

  await role.focus();
  await press('ArrowDown', 'ArrowDown');
  await expect(role).toHaveValue('operator');
  await page.screenshot({ path: test.info().outputPath('changed.png') });
  await press('Tab', 'Enter');
  await expect(page.getByText(`${email} is operator now`)).toBeAttached();
  await expect(role).toBeFocused();
  await expect(save).toBeHidden();
  expect(saved.map((body) => body.includes('"role":"operator"'))).toEqual([true]);

  await press('ArrowUp', 'ArrowUp', 'Tab', 'Enter');
  await dialog.getByRole('button', { name: 'Make owner' }).click();
  await expect(page.getByText(`${email} is owner now`)).toBeAttached();
  await expect(role).toHaveValue('owner');
  // The list has been read again: until then the row still shows what is being saved.
  await expect(save).toBeHidden();
  await role.focus();
  await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Tab', 'Enter');
  const taking = page.getByRole('dialog', { name: `Make ${email} viewer instead of owner?` });
  await taking.getByRole('button', { name: 'Change role' }).press('Enter');
  await expect(page.getByText(`${email} is viewer now`)).toBeAttached();
  await page.reload();
  await expect(role).toHaveValue('viewer');
  expect(saved).toHaveLength(3);
});
