import { randomUUID } from 'node:crypto';
import type { Cloud } from '@gangway/contract/clouds';
import type { Caller } from './test-caller.js';

/** A connection that nobody has; in the sandbox unless another cloud is asked for. */
export const newConnection = ({
  cloud = 'sandbox',
  clientSecret = 'a-secret-of-some-length',
}: NewOnes = {}) => ({
  displayName: 'Main',
  cloud,
  clientId: randomUUID(),
  credential: { kind: 'client_secret', clientSecret },
});
interface NewOnes {
  readonly cloud?: Cloud;
  readonly clientSecret?: string | undefined;
}

/** An onboarding of a directory of its own, with a connection. */
export async function connect(owner: Caller, workspaceId: string, create = newConnection()) {
  const entraTenantId = randomUUID();
  const tenant = { workspaceId, entraTenantId, name: 'Contoso', domain: 'contoso.example' };
  const { data } = await owner.mutate('onboarding.identifyTenant', tenant);
  const session = { workspaceId, onboardingSessionId: String(data['onboardingSessionId']) };
  const change = { ...session, version: data['version'], create };
  const selected = await owner.mutate('onboarding.selectConnection', change);
  return {
    ...{ entraTenantId, session, version: Number(selected.data['version']), clientId: create.clientId },
    managedTenantId: String(data['managedTenantId']),
    providerConnectionId: String(selected.data['providerConnectionId']),
  };
}
