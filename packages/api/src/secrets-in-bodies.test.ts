import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './app-router.js';
import { procedureTable } from './procedure-table.js';
import { startTestApi, type TestApi } from './test-api.js';
import { mailedTokens } from './test-mail.js';

// The input of a query travels in the address of a GET, and addresses are written down: by proxies, in browser histories,
// as a Referer. Whatever is a secret therefore only fits into the body of a mutation.

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api.close());

const SECRET_FIELD = /token|secret|password|passphrase|private_?key|credential$|api_?key$/i;

const readable = procedureTable.filter(({ type }) => type !== 'mutation').map(({ path }) => path);

test.each(readable)('%s takes no secret', (path) => {
  const procedures = appRouter._def.procedures as unknown as Record<
    string,
    { _def: { inputs: readonly z.ZodType[] } } | undefined
  >;
  for (const schema of procedures[path]?._def.inputs ?? []) {
    const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    const fields = JSON.stringify(described).match(/"\w+":(?=\{)/g) ?? [];
    expect(fields.filter((field) => SECRET_FIELD.test(field.slice(1, -2)))).toEqual([]);
  }
});

test.each(['invitations.look', 'consent.openHandOff', 'auth.lookAtLink'])(
  '%s answers no GET, whatever token stands in its address, and no answer of it may be kept',
  async (path) => {
    const token = 'live-looking-token-'.padEnd(43, 'x');
    const refused = await api.call(path, 'query', { token }, null);
    expect(refused.status).toBe(405);
    expect(refused.body).toContain('request.method_not_allowed');
    expect(refused.body).not.toContain(token);
    const answered = await api.call(path, 'mutation', { token }, null);
    expect(answered.status).toBe(400);
    expect(answered.body).toContain('auth.token_invalid');
    expect([refused, answered].map(({ headers }) => headers['cache-control'])).toEqual([
      'no-store',
      'no-store',
    ]);
  },
);

test('no answer of a procedure may be kept by a cache, nor that of a batch, nor an event stream', async () => {
  const cookie = await api.signIn('owner@acme.example');
  const me = await api.call('auth.me', 'query', undefined, cookie);
  const batch = await fetch(`${api.base}/auth.me,workspaces.list?batch=1&input={}`, { headers: { cookie } });
  const stream = await api.call('operations.watch', 'subscription', { workspaceId: 'x' }, cookie);
  expect(me.headers['cache-control']).toBe('no-store');
  expect(batch.headers.get('cache-control')).toBe('no-store');
  expect(stream.headers['cache-control']).toBe('no-store, no-transform');
});

test('a mailed link is looked at by POST, and still works after it', async () => {
  const owner = await api.signIn('owner@acme.example');
  const email = 'looked-at@acme.example';
  const workspaceId = (await api.app.db.prisma.workspace.findFirstOrThrow({ where: { slug: 'acme' } })).id;
  await api.call('members.invite', 'mutation', { workspaceId, email, role: 'viewer' }, owner);
  const [token] = await mailedTokens(api, email);
  for (let looked = 0; looked < 2; looked += 1) {
    const { status, body } = await api.call('invitations.look', 'mutation', { token }, null);
    expect([status, body.includes(email)]).toEqual([200, true]);
  }
});
