import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PERMISSIONS } from '@gangway/contract/permissions';
import { createApiKeyText, hashSecret, prefixOf } from '@gangway/domain/partner-auth/api-key-text';
import { parseTrustedIssuers } from '@gangway/domain/partner-auth/trusted-issuer';
import fc from 'fast-check';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { openPartnerApi } from './test-open-partner-api.js';

const ISSUER = 'https://login.partner.example';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
const issuer = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => issuer.once('listening', resolve));
afterAll(() => void issuer.close());
const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`;
const api = await openPartnerApi({
  withoutEngine: true,
  trustedIssuers: parseTrustedIssuers(JSON.stringify([{ jwksUrl, issuer: ISSUER, audience: 'gangway' }])),
});
const { prisma } = api.app.db;
const { partnerId } = await prisma.partnerClient.findUniqueOrThrow({ where: { clientId: 'demo-partner' } });
const base = '/api/provisioning/api-keys';

interface Reach {
  readonly permissions: readonly string[];
  /** Minutes from now; null: never. */
  readonly minutes: number | null;
}
type Kind = 'apiKey' | 'client' | 'issuer';

const toDate = (minutes: number | null) =>
  minutes === null ? null : new Date(Date.now() + minutes * 60_000);

async function makeKey({
  permissions,
  minutes,
}: Reach): Promise<{ id: string; key: string; expiresAt: Date | null }> {
  const key = createApiKeyText();
  const row = await prisma.apiKey.create({
    data: {
      ...{
        id: randomUUID(),
        partnerId,
        name: 'made',
        createdBy: 'test',
        prefix: prefixOf(key),
        keyHash: hashSecret(key),
      },
      ...{ roles: ['partner-admin'], permissions: [...permissions], expiresAt: toDate(minutes) },
    },
  });
  return { id: row.id, key, expiresAt: row.expiresAt };
}

/** A credential that may manage keys, and what it reaches. */
async function credentialOf(kind: Kind, reach: Reach): Promise<{ token: string; reach: Reach }> {
  const permissions = [...new Set([...reach.permissions, 'api-key:manage'])];
  if (kind === 'apiKey')
    return { token: (await makeKey({ ...reach, permissions })).key, reach: { ...reach, permissions } };
  if (kind === 'client') {
    const form = {
      grant_type: 'client_credentials',
      client_id: 'demo-partner',
      client_secret: 'demo-partner-secret',
    };
    const body = new URLSearchParams({ ...form, scope: permissions.join(' ') });
    const response = await fetch(`${api.base}/api/oauth/token`, { method: 'POST', body });
    const { access_token: token } = (await response.json()) as { access_token: string };
    return { token, reach: { permissions, minutes: null } };
  }
  const minutes = reach.minutes ?? 60;
  const token = await new SignJWT({ tenant: partnerId, roles: ['partner-admin'], permissions })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(ISSUER)
    .setAudience('gangway')
    .setSubject('jane')
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${minutes}m`)
    .sign(privateKey);
  return { token, reach: { permissions, minutes } };
}

const someOf = (permissions: readonly string[]) => fc.subarray([...permissions], { minLength: 1 });
const holder = fc.record({
  permissions: someOf(PERMISSIONS),
  // Far enough from the ends of what is asked for that the time a test takes changes nothing.
  minutes: fc.constantFrom(null, 20, 60, 180, 60 * 24 * 30),
});
const scenario = holder.chain((reach) =>
  fc.record({
    kind: fc.constantFrom<Kind>('apiKey', 'client', 'issuer'),
    holder: fc.constant(reach),
    target: fc.record({
      permissions: fc.oneof(someOf(PERMISSIONS), someOf(reach.permissions)),
      minutes: fc.constantFrom(null, 10, 40, 120),
    }),
    action: fc.constantFrom('create', 'rename', 'rotate'),
  }),
);

const isWithin = (holder: Reach, target: Reach) =>
  target.permissions.every((permission) => holder.permissions.includes(permission)) &&
  (target.minutes ?? Infinity) <= (holder.minutes ?? Infinity);

test('what a credential creates, renames or rotates is never more, nor longer-lived, than itself', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ kind, holder: { permissions, minutes }, target, action }) => {
      // A partner has room for a hundred.
      await prisma.apiKey.deleteMany({
        where: { partnerId, name: { in: ['made', 'renamed', 'asked for'] } },
      });
      const { token, reach } = await credentialOf(kind, { permissions, minutes });
      const allowed = isWithin(reach, target);
      if (action === 'create') {
        const name = 'asked for';
        const expires_at = toDate(target.minutes)?.toISOString() ?? null;
        const answer = await api.call('POST', base, {
          token,
          body: { name, permissions: target.permissions, expires_at },
        });
        expect(allowed ? [201] : [400, 403]).toContain(answer.status);
        expect(await prisma.apiKey.count({ where: { name } })).toBe(allowed ? 1 : 0);
        return;
      }
      const { id, expiresAt } = await makeKey(target);
      const answer =
        action === 'rename'
          ? await api.call('PATCH', `${base}/${id}`, { token, body: { name: 'renamed' } })
          : await api.call('POST', `${base}/${id}/rotate`, { token, body: { overlap_hours: 48 } });
      const row = await prisma.apiKey.findUniqueOrThrow({ where: { id } });
      if (!allowed) {
        expect(answer.status).toBe(403);
        expect(row).toMatchObject({ name: 'made', replacedBy: null, expiresAt });
        return;
      }
      expect(answer.status).toBe(action === 'rename' ? 200 : 201);
      if (action === 'rotate') {
        const made = await prisma.apiKey.findUniqueOrThrow({ where: { id: row.replacedBy ?? '' } });
        expect([made.expiresAt, made.permissions]).toEqual([expiresAt, row.permissions]);
        if (expiresAt !== null) expect(row.expiresAt).toEqual(expiresAt);
      }
    }),
    { numRuns: 80 },
  );
}, 120_000);

test('a key that works longer is told by its own reason, and the denial is on record', async () => {
  const { token } = await credentialOf('apiKey', { permissions: ['tenant:read'], minutes: 60 });
  const { id } = await makeKey({ permissions: ['tenant:read'], minutes: null });
  for (const [method, path, body, action] of [
    ['POST', `${base}/${id}/rotate`, {}, 'apiKeys.rotate'],
    ['PATCH', `${base}/${id}`, { name: 'mine' }, 'apiKeys.update'],
  ] as const) {
    const answer = await api.call(method, path, { token, body });
    expect([answer.status, answer.body['reason_code']]).toEqual([403, 'api_key.outlives_credential']);
    expect(await prisma.auditEvent.count({ where: { action, outcome: 'denied', targetId: id } })).toBe(1);
  }
});

test('a key that is being replaced makes none that lives on, however the two requests meet', async () => {
  for (let round = 0; round < 6; round += 1) {
    const caller = await makeKey({ permissions: ['api-key:manage', 'tenant:read'], minutes: null });
    const body = { name: randomUUID(), permissions: ['tenant:read'] };
    const [rotated, created] = await Promise.all([
      api.call('POST', `${base}/${caller.id}/rotate`, { body: { overlap_hours: 1 } }),
      api.call('POST', base, { token: caller.key, body }),
    ]);
    expect(rotated.status).toBe(201);
    // Either it came first, and the key had no end yet, or it is refused; both may happen, a deadlock or a 500 may not.
    expect([201, 400]).toContain(created.status);
  }
});

test('two keys that rotate each other at once do not lock each other out', async () => {
  const permissions = ['api-key:manage'];
  const [one, two] = [
    await makeKey({ permissions, minutes: null }),
    await makeKey({ permissions, minutes: null }),
  ];
  const answers = await Promise.all([
    api.call('POST', `${base}/${two.id}/rotate`, { token: one.key, body: { overlap_hours: 1 } }),
    api.call('POST', `${base}/${one.id}/rotate`, { token: two.key, body: { overlap_hours: 1 } }),
  ]);
  // Whoever comes second is being replaced by then: it ends, and the other one does not.
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403]);
});
