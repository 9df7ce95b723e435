import { randomBytes, randomUUID } from 'node:crypto';
import { OBJECT_LIMITS } from '@gangway/domain/limits/object-limits';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { atOnce } from '../test-caller.js';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
let token: string;
let partnerId: string;
beforeAll(async () => {
  api = await startTestPartnerApi({ withoutEngine: true });
  token = await api.tokenOf('other-partner');
  partnerId = (await api.app.db.prisma.partner.findFirstOrThrow({ where: { name: 'Other Partner' } })).id;
});
afterAll(() => api.close());

const statusesOf = (answers: readonly { status: number }[]) => answers.map(({ status }) => status).sort();

test('a partner has so many webhook endpoints, however many are made at once', async () => {
  const { prisma } = api.app.db;
  const before = await prisma.webhookEndpoint.count({ where: { partnerId } });
  await prisma.webhookEndpoint.createMany({
    data: Array.from({ length: OBJECT_LIMITS.webhooks.max - before - 1 }, () => ({
      id: randomUUID(),
      partnerId,
      url: 'https://93.184.215.14/',
      events: ['tenant.created'],
      secretCiphertext: 'none',
    })),
  });
  const body = { url: 'https://93.184.215.14/hook', events: ['tenant.created'] };
  const create = () => api.call('POST', '/api/provisioning/webhooks', { token, body });
  expect(statusesOf(await atOnce(4, create))).toEqual([201, 409, 409, 409]);
  const { body: problem } = await create();
  expect(problem).toMatchObject({ status: 409, reason_code: 'webhook.limit_reached' });
  const { id } = await prisma.webhookEndpoint.findFirstOrThrow({ where: { partnerId } });
  await api.call('DELETE', `/api/provisioning/webhooks/${id}`, { token });
  expect((await create()).status).toBe(201);
});

test('a partner has so many keys that work; revoked, expired and replaced ones do not count', async () => {
  const { prisma } = api.app.db;
  const key = (extra: object) => ({
    id: randomUUID(),
    partnerId,
    name: 'filler',
    prefix: randomBytes(6).toString('hex'),
    keyHash: randomBytes(32).toString('hex'),
    roles: ['integration-user'],
    permissions: ['tenant:read'],
    createdBy: 'test',
    ...extra,
  });
  const working = await prisma.apiKey.count({ where: { partnerId } });
  const past = new Date(Date.now() - 60_000);
  const fillers = Array.from({ length: OBJECT_LIMITS.apiKeys.max - working - 1 }, () => key({}));
  const over = [key({ revokedAt: past }), key({ expiresAt: past })];
  await prisma.apiKey.createMany({ data: [...fillers, ...over] });
  const body = { name: 'CRM', roles: ['integration-user'], permissions: ['tenant:read'] };
  const create = () => api.call('POST', '/api/provisioning/api-keys', { token, body });
  const answers = await atOnce(3, create);
  expect(statusesOf(answers)).toEqual([201, 409, 409]);
  expect((await create()).body).toMatchObject({ reason_code: 'api_key.limit_reached' });
  const made = String(answers.find(({ status }) => status === 201)?.body['id']);
  // A rotation puts a key in the place of another.
  const rotated = await api.call('POST', `/api/provisioning/api-keys/${made}/rotate`, { token, body: {} });
  expect(rotated.status).toBe(201);
  expect((await create()).status).toBe(409);
  await api.call('DELETE', `/api/provisioning/api-keys/${String(rotated.body['id'])}`, { token });
  expect((await create()).status).toBe(201);
});
