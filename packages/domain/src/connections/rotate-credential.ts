import type { Connection, rotateCredential as schema } from '@gangway/contract/connections';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import { audit } from '../audit/audit.js';
import { resetHealth } from './reset-health.js';
import { loadConnectionInWorkspace } from './load-connection-in-workspace.js';
import { credentialPlace, sealCredential } from './seal-credential.js';
import { toConnection } from './to-connection.js';

/** Replaces the credential; the old one is gone with it, and the verification is stale. @throws AppError invalid */
export async function rotateCredential(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<Connection> {
  const { workspaceId, actor } = scope;
  const providerConnectionId = input.providerConnectionId;
  const sealed = await sealCredential(
    scope.app.keys,
    credentialPlace(workspaceId, providerConnectionId),
    input.credential,
  );
  return writeInWorkspace(
    scope,
    async (tx) => {
      const row = { ...sealed, addedBy: actor.label, addedAt: new Date() };
      await tx.providerCredential.upsert({
        where: { workspaceId_providerConnectionId: { workspaceId, providerConnectionId } },
        create: { providerConnectionId, workspaceId, ...row },
        update: row,
      });
      await tx.providerConnection.update({
        where: { workspaceId_id: { workspaceId, id: providerConnectionId } },
        data: { revision: { increment: 1 }, version: { increment: 1 }, updatedBy: actor.label },
      });
      await resetHealth(tx, workspaceId, providerConnectionId);
      await audit(tx, scope, {
        action: 'connections.rotateCredential',
        targetKind: 'provider_connection',
        targetId: providerConnectionId,
      });
      return toConnection(await loadConnectionInWorkspace(tx, workspaceId, providerConnectionId));
    },
    { rows: { providerConnectionId } },
  );
}
