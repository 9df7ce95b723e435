import { expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const { prisma } = api.app.db;
const base = '/api/provisioning/api-keys';

async function newKey(): Promise<string> {
  const answer = await api.call('POST', base, { body: { name: 'CRM', permissions: ['tenant:read'] } });
  return String(answer.body['id']);
}
const rotate = (id: string, overlap_hours: number, headers: Record<string, string> = {}) =>
  api.call('POST', `${base}/${id}/rotate`, { body: { overlap_hours }, headers });
const statusWith = async (key: unknown) =>
  (await api.call('GET', '/api/provisioning/tenants?limit=1', { token: String(key) })).status;

test.each([1, 0])(
  'a key is replaced once, with an overlap of %i hours: its successor is rotated on',
  async (hours) => {
    const id = await newKey();
    const first = await rotate(id, hours);
    const again = await rotate(id, hours);
    expect([again.status, again.body['reason_code'], again.body['detail']]).toEqual([
      409,
      'api_key.replaced',
      'Rotate the key that replaced it, or create a new one.',
    ]);
    const second = await rotate(String(first.body['id']), hours);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect([first.body['expires_at'], second.body['expires_at']]).toEqual([null, null]);
    expect(await statusWith(second.body['key'])).toBe(200);
  },
);

test('of rotations at once one replaces the key, and the others are refused', async () => {
  const id = await newKey();
  const answers = await Promise.all(Array.from({ length: 4 }, () => rotate(id, 1)));
  const told = answers.map(({ status, body }) => body['reason_code'] ?? status);
  expect(told.sort()).toEqual([201, ...Array<string>(3).fill('api_key.replaced')]);
  const { replacedBy } = await prisma.apiKey.findUniqueOrThrow({ where: { id } });
  expect(replacedBy).toBe(answers.find(({ status }) => status === 201)?.body['id']);
});

test('an attempt whose answer was lost is repeated under its key, and tells a key that works', async () => {
  const id = await newKey();
  const key = { 'idempotency-key': 'lost' };
  const first = await rotate(id, 0, key);
  // As the process leaves it when it dies between the commit and the answer.
  await prisma.$executeRaw`
    UPDATE idempotency_keys SET status = NULL, body = NULL, locked_until = now() - interval '1 second' WHERE key = 'lost'`;
  const repeated = await rotate(id, 0, key);
  expect([repeated.status, repeated.body['id']]).toEqual([201, first.body['id']]);
  expect(await statusWith(repeated.body['key'])).toBe(200);
  expect((await rotate(id, 0)).body['reason_code']).toBe('api_key.replaced');
});
