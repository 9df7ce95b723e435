import type { Cloud } from '@gangway/contract/clouds';
import { type RunFacts, StepError } from '@gangway/engine/port';
import type { ProviderTarget } from '@gangway/providers/port';
import { unsealCredential } from '../connections/unseal-credential.js';
import type { AppContext } from '../app-context.js';

/**
 * What a run's connection points at, with its credential in clear: for the provider client, in memory only.
 * @throws StepError `credential.missing` where the connection is gone
 */
export async function loadTarget(app: AppContext, run: RunFacts): Promise<ProviderTarget> {
  const row =
    run.workspaceId && run.providerConnectionId
      ? await app.db.prisma.providerConnection.findFirst({
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
    credential: await unsealCredential(app, {
      workspaceId: row.workspaceId,
      id: row.id,
      ciphertext: credential?.ciphertext ?? null,
    }),
    expiresAt: credential?.expiresAt?.toISOString() ?? null,
    credentialAddedAt: credential?.addedAt.toISOString() ?? null,
    consentedAt: row.consentedAt?.toISOString() ?? null,
  };
}
