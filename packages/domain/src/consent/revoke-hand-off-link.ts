import type { revokeHandOffLink as schema } from '@gangway/contract/consent';
import type { z } from 'zod';
import type { WorkspaceScope } from '../access/scope.js';
import { writeInWorkspace } from '../access/write-in-workspace.js';
import type { WorkspaceTransaction } from '../access/workspace-transaction.js';
import { audit } from '../audit/audit.js';
import { targetOf, toAskedFrom, type AskedFrom } from './asked-from.js';

/** Ends the hand-off link of an onboarding or a connection, whether it was followed or not. Doing it twice is harmless. */
export async function revokeHandOffLink(
  scope: WorkspaceScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  return writeInWorkspace(scope, async (tx) => {
    const from = toAskedFrom(input);
    const count = await revokeOpenLinks(tx, scope, from);
    if (count > 0) {
      await audit(tx, scope, {
        action: 'consent.revokeHandOffLink',
        ...targetOf({ providerConnectionId: '', ...from }),
      });
    }
    return { revoked: count > 0 };
  });
}

/** Ends every hand-off made there that has not come back. @returns how many there were */
export async function revokeOpenLinks(
  tx: WorkspaceTransaction,
  { workspaceId }: WorkspaceScope,
  from: AskedFrom,
): Promise<number> {
  const now = new Date();
  const { count } = await tx.consentRequest.updateMany({
    where: {
      ...{ workspaceId, ...from, kind: 'hand_off' },
      ...{ revokedAt: null, returnedAt: null, expiresAt: { gt: now } },
    },
    data: { revokedAt: now },
  });
  return count;
}
