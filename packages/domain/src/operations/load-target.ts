import type { Cloud } from '@gangway/contract/clouds';
import type { RunFacts } from '@gangway/engine/step';
import { StepError } from '@gangway/engine/step';
import type { ProviderTarget } from '@gangway/providers/port';
import { unsealCredential } from '../connections/unseal-credential.js';
import type { House } from '../house.js';

/**
 * What a run's connection points at, with its credential in clear: for the provider client, in memory only.
 * @throws StepError `credential.missing` where the connection is gone
 */
export async function loadTarget(house: House, run: RunFacts): Promise<ProviderTarget> {
  const row =
    run.workspaceId && run.providerConnectionId
      ? await house.db.prisma.providerConnection.findFirst({
          where: { workspaceId: run.workspaceId, id: run.providerConnectionId },
          include: { managedTenant: true, credential: true },
        })
      : null;
  if (!row) throw new StepError('credential.missing');
  const { managedTenant, credential } = row;
  return {
    entraTenantId: managedTenant.entraTenantId,
    cloud: row.cloud as Cloud,
    clientId: row.clientId,
    domain: managedTenant.domain,
    credential: await unsealCredential(house, {
      workspaceId: row.workspaceId,
      id: row.id,
      ciphertext: credential?.ciphertext ?? null,
    }),
    expiresAt: credential?.expiresAt?.toISOString() ?? null,
    credentialAddedAt: credential?.addedAt.toISOString() ?? null,
    consentedAt: row.consentedAt?.toISOString() ?? null,
  };
}
