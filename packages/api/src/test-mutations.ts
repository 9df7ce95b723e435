import { randomUUID } from 'node:crypto';
import type { Acme } from './test-acme.js';
import { connect, newConnection } from './test-onboarding.js';

/** What the mutations of the workspace plane need so that each can succeed, all of it new. */
export interface Prepared {
  readonly workspaceId: string;
  /** Open, with a verified connection. */
  readonly onboardingSessionId: string;
  readonly version: number;
  readonly managedTenantId: string;
  /** The one of the session; `spareId` is another one of the same tenant, in nobody's use. */
  readonly providerConnectionId: string;
  readonly spareId: string;
  readonly liveRunId: string;
  readonly failedRunId: string;
  readonly parkedRunId: string;
  readonly invitationId: string;
  /** A member who looks. */
  readonly viewerId: string;
}

const CREDENTIAL = { kind: 'client_secret', clientSecret: 'another-secret-of-some-length' };

/** An input for every mutation of the workspace plane that succeeds on what was prepared. */
export const INPUTS: Readonly<Record<string, (on: Prepared) => object>> = {
  'onboarding.identifyTenant': () => ({ entraTenantId: randomUUID(), name: 'Fabrikam' }),
  'onboarding.selectConnection': ({ onboardingSessionId, version, spareId: providerConnectionId }) => ({
    ...{ onboardingSessionId, version, providerConnectionId },
  }),
  'onboarding.startVerification': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'onboarding.startBootstrap': ({ onboardingSessionId }) => ({
    ...{ onboardingSessionId, operationTypes: ['posture.security_defaults'] },
  }),
  'onboarding.complete': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'onboarding.abandon': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'connections.create': ({ managedTenantId }) => ({ managedTenantId, ...newConnection() }),
  'connections.update': ({ spareId }) => ({
    ...{ providerConnectionId: spareId, version: 1, displayName: 'Renamed' },
  }),
  'connections.rotateCredential': ({ spareId }) => ({
    ...{ providerConnectionId: spareId, credential: CREDENTIAL },
  }),
  'connections.setDefault': ({ spareId }) => ({ providerConnectionId: spareId }),
  'connections.remove': ({ spareId }) => ({ providerConnectionId: spareId }),
  'consent.start': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'consent.createHandOffLink': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'consent.revokeHandOffLink': ({ onboardingSessionId }) => ({ onboardingSessionId }),
  'members.invite': () => ({ email: `${randomUUID()}@example.com`, role: 'operator' }),
  'members.changeRole': ({ viewerId }) => ({ userId: viewerId, role: 'operator' }),
  'members.remove': ({ viewerId }) => ({ userId: viewerId }),
  'invitations.resend': ({ invitationId }) => ({ invitationId }),
  'invitations.revoke': ({ invitationId }) => ({ invitationId }),
  'operations.start': ({ managedTenantId }) => ({
    managedTenantId,
    operationType: 'posture.security_defaults',
  }),
  'operations.cancel': ({ liveRunId }) => ({ operationRunId: liveRunId }),
  'operations.retry': ({ failedRunId }) => ({ operationRunId: failedRunId }),
  'operations.resume': ({ parkedRunId }) => ({ operationRunId: parkedRunId }),
  'operations.rollBack': ({ parkedRunId }) => ({ operationRunId: parkedRunId, dryRun: false }),
};

/** Prepares it in workspace Acme, as its owner. */
export async function prepare({ api, owner, workspaceId }: Acme): Promise<Prepared> {
  const { prisma } = api.app.db;
  const place = await connect(owner, workspaceId, newConnection({ cloud: 'global' }));
  const { managedTenantId, providerConnectionId, session, version } = place;
  const created = await owner.mutate('connections.create', {
    workspaceId,
    managedTenantId,
    ...newConnection(),
  });
  await owner.mutate('consent.createHandOffLink', session);
  const checkedOutcome = 'verified';
  const checked = { checkedRevision: 1, checkedOutcome, verifiedAt: new Date(), checkedAt: new Date() };
  await prisma.providerConnection.update({ where: { id: providerConnectionId }, data: checked });
  const check = await owner.mutate('onboarding.startVerification', session);
  const end = (id: string, status: 'succeeded' | 'failed', held: boolean) =>
    prisma.operationRun.update({ where: { id }, data: { status, held, finishedAt: new Date() } });
  await end(String(check.data['operationRunId']), 'succeeded', false);
  const start = async (operationType: string) =>
    String(
      (await owner.mutate('operations.start', { workspaceId, managedTenantId, operationType })).data[
        'operationRunId'
      ],
    );
  const [liveRunId, failedRunId, parkedRunId] = [
    await start('inventory.domains'),
    await start('inventory.licenses'),
    await start('inventory.users'),
  ];
  await end(failedRunId, 'failed', false);
  await end(parkedRunId, 'failed', true);
  const guest = { workspaceId, email: `${randomUUID()}@example.com`, role: 'viewer' };
  const invited = await owner.mutate('members.invite', guest);
  const { userId } = await prisma.user.findUniqueOrThrow({ where: { email: 'viewer@acme.example' } });
  const viewer = { workspaceId, userId, role: 'viewer' };
  await prisma.membership.upsert({
    where: { workspaceId_userId: { workspaceId, userId } },
    create: viewer,
    update: viewer,
  });
  return {
    ...{ ...session, version: version + 1, managedTenantId, providerConnectionId },
    ...{ liveRunId, failedRunId, parkedRunId, viewerId: userId },
    spareId: String(created.data['id']),
    invitationId: String(invited.data['invitationId']),
  };
}
