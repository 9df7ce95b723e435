import { PERMISSIONS } from '@gangway/contract/permissions';
import { z } from 'zod';
import type { TestApi } from './test-api.js';
import { callerOf } from './test-caller.js';
import { connect } from './test-onboarding.js';

/** One of everything that an input can name, in one workspace. */
export type Place = Readonly<Record<(typeof PLACE_NAMES)[number], string>>;
export const PLACE_NAMES = [
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
export async function seedWorkspace(api: TestApi, slug: 'acme' | 'globex'): Promise<Place> {
  const email = `owner@${slug}.example`;
  const owner = await callerOf(api, email);
  const workspaceId = String((await owner.query('workspaces.get', { workspaceId: slug })).data['id']);
  const { session, managedTenantId, providerConnectionId } = await connect(owner, workspaceId);
  const started = await owner.mutate('onboarding.startVerification', session);
  const invitation = { workspaceId, email: `guest@${slug}.example`, role: 'viewer' };
  const invited = await owner.mutate('members.invite', invitation);
  const user = await api.app.db.prisma.user.findUniqueOrThrow({
    where: { email },
    include: { sessions: { take: 1 } },
  });
  return {
    ...session,
    managedTenantId,
    providerConnectionId,
    operationRunId: String(started.data['operationRunId']),
    userId: user.userId,
    sessionId: user.sessions[0]?.id ?? '',
    invitationId: String(invited.data['invitationId']),
  };
}

/** What a partner's inputs can name. `id` is an API key's; webhooks and deliveries are named by that word too. */
export type PartnerPlace = Readonly<Record<(typeof PARTNER_PLACE_NAMES)[number], string>>;
export const PARTNER_PLACE_NAMES = ['tenant', 'operation_run_id', 'id', 'webhook', 'delivery'] as const;

/** Lets a client of the demo's partners in, and gives the partner one of everything; calls take `bearer` for a cookie. */
export async function seedPartner(
  api: TestApi,
  clientId: 'demo-partner' | 'other-partner',
): Promise<{ bearer: string; place: PartnerPlace }> {
  const { prisma } = api.app.db;
  const { partnerId } = await prisma.partnerClient.findUniqueOrThrow({ where: { clientId } });
  const rights = { roles: ['partner-admin'], permissions: [...PERMISSIONS] } as const;
  const bearer = `Bearer ${await api.app.partnerTokens.issue({ clientId, partnerId, ...rights })}`;
  const call = async (path: string, input: unknown) =>
    answer.parse((await api.call(`provisioning.${path}`, 'mutation', input, bearer)).data).result.data;
  const created = await call('tenants.create', {
    client_name: 'Place',
    email: `${clientId}@example.com`,
  });
  const key = await call('apiKeys.create', { name: 'place', permissions: ['tenant:read'] });
  const hook = { url: 'https://93.184.215.14/', events: ['tenant.created'] };
  const webhook = String((await call('webhooks.create', hook))['id']);
  const delivery = await call('webhooks.test', { id: webhook });
  return {
    bearer,
    place: {
      webhook,
      delivery: String(delivery['id']),
      tenant: String(created['tenant']),
      operation_run_id: String(created['operation_run_id']),
      id: String(key['id']),
    },
  };
}
