import { expect, type APIRequestContext, type Page } from '@playwright/test';

export const PASSWORD = 'gangway-demo-2026';
export const SANDBOX_CLIENT_ID = '5a4d0b0c-0000-4000-8000-000000000001';

/** Signs in through the screen, wherever it asks for it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Signs in and waits for what comes after. */
export async function signIn(page: Page, base: string, email: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await fillSignIn(page, email);
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Calls a procedure as whoever the context is signed in as, and gives its data. */
export async function call<T>(
  request: APIRequestContext,
  base: string,
  path: string,
  type: 'query' | 'mutation',
  input: unknown,
): Promise<T> {
  const response =
    type === 'mutation'
      ? await request.post(`${base}/trpc/${path}`, {
          data: input,
          headers: { 'content-type': 'application/json' },
        })
      : await request.get(`${base}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const body = (await response.json()) as { result?: { data: T } };
  if (!body.result) throw new Error(`${path}: ${response.status()} ${JSON.stringify(body)}`);
  return body.result.data;
}

export async function signInByCall(request: APIRequestContext, base: string, email: string): Promise<void> {
  await call(request, base, 'auth.signIn', 'mutation', { email, password: PASSWORD });
}

/** The link of the newest mail to an address that leads to `path`, on the server under test. */
export async function mailedLink(
  request: APIRequestContext,
  base: string,
  to: string,
  path: string,
): Promise<string> {
  const { items } = (await (await request.get(`${base}/api/demo/mailbox`)).json()) as {
    items: { to: string; text: string }[];
  };
  const text = items.find((mail) => mail.to === to)?.text ?? '';
  const token = new RegExp(`${path}\\?token=([\\w-]+)`).exec(text)?.[1];
  if (!token) throw new Error(`No link to ${path} was mailed to ${to}`);
  return `${base}${path}?token=${token}`;
}
