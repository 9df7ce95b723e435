import type { ConsentRequest } from '@gangway/contract/consent';
import type { Evidence } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { ConsentRequest as Row } from '@gangway/db/generated/client';

/** A request as it is shown: neither link nor state. */
export function toConsentRequest(row: Row): ConsentRequest {
  return {
    id: row.id,
    kind: row.kind as ConsentRequest['kind'],
    status: statusOf(row),
    providerConnectionId: row.providerConnectionId,
    createdBy: row.createdByLabel,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    followedAt: row.followedAt?.toISOString() ?? null,
    returnedAt: row.returnedAt?.toISOString() ?? null,
    reasonCode: row.reasonCode as ReasonCode | null,
    evidence: row.evidence as Evidence | null,
    operationRunId: row.operationRunId,
  };
}

export function statusOf(
  row: Pick<Row, 'returnedAt' | 'reasonCode' | 'revokedAt' | 'expiresAt'>,
): ConsentRequest['status'] {
  if (row.returnedAt !== null) return row.reasonCode === null ? 'returned' : 'refused';
  if (row.revokedAt !== null) return 'revoked';
  return row.expiresAt <= new Date() ? 'expired' : 'waiting';
}
