import type { Prisma } from '@gangway/db/generated/client';
import { lockCredential } from '../access/lock-credential.js';
import type { PartnerScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { refusalOfReach, type CredentialReach } from './credential-reach.js';

export interface KeyWrite {
  /** As audit events name it. */
  readonly action: string;
  /** The key that is changed; null for one that is created. */
  readonly id: string | null;
}

/** Throws unless the credential that asks reaches as far as what is created, changed or rotated. */
export type RequireReach = (target: CredentialReach) => void;

/**
 * Does what creates or changes a key, in one transaction. It begins by reading the credential that asks again and locking
 * it together with the key: a key that is being rotated or revoked meanwhile cannot live on in another one. A denial is in
 * the audit trail. `work` gets what the credential reaches, and the check that has to come before anything is written.
 * @throws AppError unauthenticated where the credential has ended; forbidden above its reach; and what `work` throws
 */
export async function writeWithinReach<T>(
  scope: PartnerScope,
  { action, id }: KeyWrite,
  work: (tx: Prisma.TransactionClient, requireReach: RequireReach, reach: CredentialReach) => Promise<T>,
): Promise<T> {
  try {
    return await scope.app.db.inTransaction(async (tx) => {
      const reach = await lockReach(tx, scope, id);
      const requireReach: RequireReach = (target) => {
        const refusal = refusalOfReach(reach, target);
        if (refusal !== null) throw new AppError('forbidden', refusal);
      };
      return work(tx, requireReach, reach);
    });
  } catch (error) {
    // After the transaction: in it the denial would be rolled back, and wait for a second connection.
    if (error instanceof AppError && error.refusal === 'forbidden') {
      const { reasonCode } = error;
      const target = id === null ? {} : { targetKind: 'api_key', targetId: id };
      await scope.app.denials.audit(scope, { action, outcome: 'denied', reasonCode, ...target });
    }
    throw error;
  }
}

async function lockReach(
  tx: Prisma.TransactionClient,
  scope: PartnerScope,
  id: string | null,
): Promise<CredentialReach> {
  const { actor, partnerId, permission } = scope;
  const ids = [...(actor.kind === 'apiKey' ? [actor.id] : []), ...(id === null ? [] : [id])];
  // Both at once and in the order of their ids, so that two keys that change each other wait and do not lock each other out.
  if (ids.length > 0)
    await tx.$queryRaw`
      SELECT id FROM api_keys WHERE id = ANY (${ids}::uuid[]) AND partner_id = ${partnerId}::uuid
       ORDER BY id FOR NO KEY UPDATE`;
  const reach = await lockCredential(tx, scope);
  if (reach === null) throw new AppError('unauthenticated', 'auth.required');
  if (!reach.permissions.includes(permission))
    throw new AppError('forbidden', 'partner.permission_missing', { permission });
  return reach;
}
