import type { Transaction } from '@gangway/db/client';
import { AppError } from '../errors.js';
import { lockCredential } from './lock-credential.js';
import type { PartnerScope } from './scope.js';

/**
 * Does what a partner's call writes, in one transaction. Its first statement reads the credential again and locks it: one
 * that was revoked, or lost the permission, after authorization writes nothing.
 * @throws AppError unauthenticated (401) if the credential has ended, forbidden (403) without the permission
 */
export async function writeAsPartner<T>(
  scope: PartnerScope,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { app, permission, action } = scope;
  const outcome = await app.db.inTransaction(async (tx) => {
    const credential = await lockCredential(tx, scope);
    if (credential === null) throw new AppError('unauthenticated', 'auth.required');
    return credential.permissions.includes(permission) ? { value: await work(tx) } : null;
  });
  if (outcome !== null) return outcome.value;
  const error = new AppError('forbidden', 'partner.permission_missing', { permission });
  // After the transaction: in it the denial would be rolled back, and wait for a second connection.
  await app.denials.audit(scope, { action, outcome: 'denied', reasonCode: error.reasonCode });
  throw error;
}
