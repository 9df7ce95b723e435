import { expect, type APIRequestContext, type Page } from '@playwright/test';

export const PASSWORD = 'gangway-demo-2026';
export const SANDBOX_CLIENT_ID = '5a4d0b0c-0000-4000-8000-000000000001';

/** Address of the server that all tests share. */
export const SERVER = process.env['GANGWAY_URL'] ?? 'http://localhost:3000';

/** Signs in through the screen and waits for the workspaces. */
export async function signIn(page: Page, email: string, base = SERVER): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** Calls a procedure as whoever the context is signed in as, and gives its data. */
export async function call<T>(request: APIRequestContext, path: string, type: 'query' | 'mutation', input: unknown, base = SERVER): Promise<T> {
  const response =
    type === 'mutation'
      ? await request.post(`${base}/trpc/${path}`, { data: input, headers: { 'content-type': 'application/json' } })
      : await request.get(`${base}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  const body = (await response.json()) as { result?: { data: T } };
  if (!body.result) throw new Error(`${path}: ${response.status()} ${JSON.stringify(body)}`);
  return body.result.data;
}

export async function signInByCall(request: APIRequestContext, email: string, base = SERVER): Promise<void> {
  await call(request, 'auth.signIn', 'mutation', { email, password: PASSWORD }, base);
}
