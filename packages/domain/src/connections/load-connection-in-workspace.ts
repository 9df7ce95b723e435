import type { ReadClient } from '@gangway/db/client';
import { notFound } from '../errors.js';
import { withCredentialInfo, type ConnectionRow } from './to-connection.js';

/** A connection of the workspace, without its ciphertext. @throws AppError not_found */
export async function loadConnectionInWorkspace(
  db: ReadClient,
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
