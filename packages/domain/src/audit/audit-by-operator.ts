import type { Prisma } from '@gangway/db/generated/client';
import { audit, type AuditEntry } from './audit.js';

/** Writes what the operator did with the database in hand; `partnerId`: in whose trail, if in any partner's. */
export function auditByOperator(
  db: Prisma.TransactionClient,
  partnerId: string | null,
  entry: AuditEntry,
): Promise<void> {
  const actor = { kind: 'system', id: 'operator', label: 'operator' } as const;
  return audit(db, { actor, requestId: null, ...(partnerId === null ? {} : { partnerId }) }, entry);
}
