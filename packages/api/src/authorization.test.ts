import { randomUUID } from 'node:crypto';
import { isReadCapability } from '@gangway/contract/capabilities';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { procedureTable } from './procedure-table.js';
import { startTestApi, type TestApi } from './test-api.js';

// Every procedure x every actor x own, foreign and random ids. A new procedure is covered by existing.

interface Place {
  readonly workspaceId: string;
  readonly managedTenantId: string;
  readonly onboardingSessionId: string;
  readonly providerConnectionId: string;
  readonly operationRunId: string;
}

const RESOURCES = [
  'managedTenantId',
  'onboardingSessionId',
  'providerConnectionId',
  'operationRunId',
] as const;
const workspaceProcedures = procedureTable.filter((entry) => entry.scope === 'workspace');
const userProcedures = procedureTable.filter((entry) => entry.scope === 'user');

let api: TestApi;
let acme: Place;
let globex: Place;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  api = await startTestApi();
  const emails = [
    'owner@acme.example',
    'operator@acme.example',
    'viewer@acme.example',
    'owner@globex.example',
    'nobody@example.com',
  ];
  for (const email of emails) cookies[email] = await api.signIn(email);
  acme = await seedWorkspace('acme', 'owner@acme.example');
  globex = await seedWorkspace('globex', 'owner@globex.example');
});
afterAll(() => api.close());

const answer = z.object({ result: z.object({ data: z.record(z.string(), z.unknown()) }) });
const as = (email: string): string => cookies[email] ?? '';

/** Gives a workspace one of everything that an input can name. */
async function seedWorkspace(slug: string, owner: string): Promise<Place> {
  const call = async (path: string, type: 'query' | 'mutation', input: unknown) =>
    answer.parse((await api.call(path, type, input, as(owner))).data).result.data;
  const workspaceId = String((await call('workspaces.get', 'query', { workspaceId: slug }))['id']);
  const tenant = await call('onboarding.identifyTenant', 'mutation', {
    workspaceId,
    entraTenantId: randomUUID(),
    name: slug,
  });
  const { managedTenantId, onboardingSessionId } = z
    .object({ managedTenantId: z.string(), onboardingSessionId: z.string() })
    .parse(tenant);
  const credential = { kind: 'client_secret', clientSecret: 'a-secret-of-some-length' };
  const create = { displayName: slug, cloud: 'sandbox', clientId: randomUUID(), credential };
  const selected = await call('onboarding.selectConnection', 'mutation', {
    workspaceId,
    onboardingSessionId,
    version: 1,
    create,
  });
  const started = await call('onboarding.startVerification', 'mutation', {
    workspaceId,
    onboardingSessionId,
  });
  return {
    workspaceId,
    managedTenantId,
    onboardingSessionId,
    providerConnectionId: String(selected['providerConnectionId']),
    operationRunId: String(started['operationRunId']),
  };
}

test('every procedure is classified', () => {
  expect(procedureTable.length).toBeGreaterThan(30);
  expect(new Set(procedureTable.map((entry) => entry.scope))).toEqual(
    new Set(['public', 'user', 'workspace', 'partner']),
  );
});

test.each(userProcedures.map((entry) => [entry.path, entry] as const))(
  '%s: 401 without a session',
  async (_, { path, type }) => {
    const { status, body } = await api.call(path, type, {}, null);
    expect([status, body.includes('auth.required')]).toEqual([401, true]);
  },
);

describe.each(workspaceProcedures.map((entry) => [entry.path, entry] as const))(
  '%s',
  (_, { path, type, capability }) => {
    // What the door looks at and nothing else: a stranger must not get as far as the schema.
    const inputFor = (place: Place) => ({ ...place });

    test('401 for nobody, whatever the id', async () => {
      for (const place of [acme, { ...acme, workspaceId: randomUUID() }]) {
        const { status, body } = await api.call(path, type, inputFor(place), null);
        expect([status, body.includes('auth.required')]).toEqual([401, true]);
      }
    });

    test('404 for strangers, and a foreign workspace answers like one that does not exist, byte for byte', async () => {
      for (const email of ['nobody@example.com', 'owner@globex.example']) {
        const foreign = await api.call(path, type, inputFor(acme), as(email));
        const random = await api.call(
          path,
          type,
          inputFor({ ...acme, workspaceId: randomUUID() }),
          as(email),
        );
        expect(foreign.status).toBe(404);
        expect(foreign.body).toContain('workspace.not_found');
        expect(foreign).toEqual(random);
      }
    });

    test('403 for the member who lacks the capability, also with a senseless input', async () => {
      const { status, body } = await api.call(
        path,
        type,
        { workspaceId: acme.workspaceId, nonsense: 1 },
        as('viewer@acme.example'),
      );
      if (isReadCapability(capability) && capability !== 'audit:read') expect(status).not.toBe(403);
      else expect([status, body.includes('capability.missing')]).toEqual([403, true]);
    });

    test.each(RESOURCES)('404 for a %s of elsewhere, like for one that does not exist', async (key) => {
      const foreign = await api.call(
        path,
        type,
        { workspaceId: acme.workspaceId, [key]: globex[key] },
        as('owner@acme.example'),
      );
      const random = await api.call(
        path,
        type,
        { workspaceId: acme.workspaceId, [key]: randomUUID() },
        as('owner@acme.example'),
      );
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(random);
    });

    test('400 for a key that the schema does not know, after everything else is in order', async () => {
      const { status } = await api.call(
        path,
        type,
        { workspaceId: acme.workspaceId, ownerId: randomUUID() },
        as('owner@acme.example'),
      );
      expect(status).toBe(400);
    });
  },
);

test('a suspended workspace can be read and not be written', async () => {
  await api.app.db.prisma.workspace.update({
    where: { id: acme.workspaceId },
    data: { suspendedAt: new Date() },
  });
  try {
    for (const { path, type, capability } of workspaceProcedures) {
      const { status, body } = await api.call(
        path,
        type,
        { workspaceId: acme.workspaceId, nonsense: 1 },
        as('owner@acme.example'),
      );
      const isRefused = status === 403 && body.includes('workspace.suspended');
      expect([path, isRefused]).toEqual([path, !isReadCapability(capability)]);
    }
  } finally {
    await api.app.db.prisma.workspace.update({
      where: { id: acme.workspaceId },
      data: { suspendedAt: null },
    });
  }
});

test('a removed member is a stranger from the next call on', async () => {
  const member = await api.call(
    'members.list',
    'query',
    { workspaceId: acme.workspaceId },
    as('owner@acme.example'),
  );
  const items = z
    .object({
      result: z.object({
        data: z.object({ items: z.array(z.object({ userId: z.string(), email: z.string() })) }),
      }),
    })
    .parse(member.data).result.data.items;
  const operator = items.find((item) => item.email === 'operator@acme.example');
  const removed = await api.call(
    'members.remove',
    'mutation',
    { workspaceId: acme.workspaceId, userId: operator?.userId },
    as('owner@acme.example'),
  );
  expect(removed.status).toBe(200);
  const after = await api.call(
    'workspaces.get',
    'query',
    { workspaceId: acme.workspaceId },
    as('operator@acme.example'),
  );
  const random = await api.call(
    'workspaces.get',
    'query',
    { workspaceId: randomUUID() },
    as('operator@acme.example'),
  );
  expect(after.status).toBe(404);
  expect(after).toEqual(random);
});
