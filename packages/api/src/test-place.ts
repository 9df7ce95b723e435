import { randomUUID } from 'node:crypto';
import { PERMISSIONS } from '@gangway/contract/permissions';
import { z } from 'zod';
import type { TestApi } from './test-api.js';

/** One of everything that an input can name, in one workspace. */
export type Place = Readonly<Record<(typeof NAMES)[number], string>>;
const NAMES = [
  'workspaceId',
  'managedTenantId',
  'onboardingSessionId',
  'providerConnectionId',
  'operationRunId',
  'userId',
  'sessionId',
  'invitationId',
] as const;

const answer = z.object({ result: z.object({ data: z.record(z.string(), z.unknown()) }) });

/** Gives a demo workspace one of everything, as its owner. */
export async function furnish(api: TestApi, slug: 'acme' | 'globex'): Promise<Place> {
  const email = `owner@${slug}.example`;
  const cookie = await api.signIn(email);
  const call = async (path: string, type: 'query' | 'mutation', input: unknown) =>
    answer.parse((await api.call(path, type, input, cookie)).data).result.data;
  const workspaceId = String((await call('workspaces.get', 'query', { workspaceId: slug }))['id']);
  const tenant = { workspaceId, entraTenantId: randomUUID(), name: slug };
  const identified = await call('onboarding.identifyTenant', 'mutation', tenant);
  const onboardingSessionId = String(identified['onboardingSessionId']);
  const selected = await call('onboarding.selectConnection', 'mutation', {
    workspaceId,
    onboardingSessionId,
    version: identified['version'],
    create: {
      displayName: slug,
      cloud: 'sandbox',
      clientId: randomUUID(),
      credential: { kind: 'client_secret', clientSecret: 'a-secret-of-some-length' },
    },
  });
  const started = await call('onboarding.startVerification', 'mutation', {
    workspaceId,
    onboardingSessionId,
  });
  const invited = await call('members.invite', 'mutation', {
    workspaceId,
    email: `guest@${slug}.example`,
    role: 'viewer',
  });
  const user = await api.house.db.prisma.user.findUniqueOrThrow({
    where: { email },
    include: { sessions: { take: 1 } },
  });
  return {
    workspaceId,
    onboardingSessionId,
    managedTenantId: String(identified['managedTenantId']),
    providerConnectionId: String(selected['providerConnectionId']),
    operationRunId: String(started['operationRunId']),
    userId: user.userId,
    sessionId: user.sessions[0]?.id ?? '',
    invitationId: String(invited['invitationId']),
  };
}

/** What a partner's inputs can name. `id` is an API key's. */
export type PartnerPlace = Readonly<Record<'tenant' | 'operation_run_id' | 'id', string>>;

/** Lets a client of the demo's partners in, and gives the partner one of everything; calls take `bearer` for a cookie. */
export async function furnishPartner(
  api: TestApi,
  clientId: 'demo-partner' | 'other-partner',
): Promise<{ bearer: string; place: PartnerPlace }> {
  const { prisma } = api.house.db;
  const { partnerId } = await prisma.partnerClient.findUniqueOrThrow({ where: { clientId } });
  const rights = { roles: ['partner-admin'], permissions: [...PERMISSIONS] } as const;
  const bearer = `Bearer ${await api.house.partnerTokens.issue({ clientId, partnerId, ...rights })}`;
  const call = async (path: string, input: unknown) =>
    answer.parse((await api.call(`provisioning.${path}`, 'mutation', input, bearer)).data).result.data;
  const created = await call('tenants.create', {
    client_name: 'Place',
    email: `${clientId}@example.com`,
  });
  const key = await call('apiKeys.create', { name: 'place', permissions: ['tenant:read'] });
  return {
    bearer,
    place: {
      tenant: String(created['tenant']),
      operation_run_id: String(created['operation_run_id']),
      id: String(key['id']),
    },
  };
}
