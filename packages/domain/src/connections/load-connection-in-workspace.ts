import type { Prisma } from '@gangway/db/generated/client';
import { notFound } from '../errors.js';
import { withCredentialInfo, type ConnectionRow } from './to-connection.js';

/** A connection of the workspace, without its ciphertext. @throws AppError not_found */
export async function loadConnectionInWorkspace(
  db: Prisma.TransactionClient,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow> {
  const row = await db.providerConnection.findFirst({
    where: { workspaceId, id },
    include: withCredentialInfo,
  });
  if (!row) throw notFound();
  return row;
}

/** The same, locked until the transaction ends: nobody removes what is being chosen or changed. @throws AppError not_found */
export async function lockConnectionInWorkspace(
  tx: Prisma.TransactionClient,
  workspaceId: string,
  id: string,
): Promise<ConnectionRow> {
  await tx.$queryRaw`SELECT id FROM provider_connections WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid FOR UPDATE`;
  return loadConnectionInWorkspace(tx, workspaceId, id);
}
