import type { Cloud } from '@gangway/contract/clouds';
import type { Connection, CREDENTIAL_KINDS } from '@gangway/contract/connections';
import type { ProviderConnection, ProviderCredential } from '@gangway/db/generated/client';

/** A connection row with its credential's row. */
export type ConnectionRow = ProviderConnection & {
  credential: Omit<ProviderCredential, 'ciphertext' | 'keyId'> | null;
};

/** What every read of a connection includes: all of the credential but the ciphertext. */
export const withCredentialInfo = { credential: { omit: { ciphertext: true, keyId: true } } } as const;

/** The connection as it is shown: never a secret. */
export function toConnection(row: ConnectionRow): Connection {
  return {
    id: row.id,
    managedTenantId: row.managedTenantId,
    displayName: row.displayName,
    cloud: row.cloud as Cloud,
    clientId: row.clientId,
    isDefault: row.isDefault,
    version: row.version,
    credential: row.credential && {
      kind: row.credential.kind as (typeof CREDENTIAL_KINDS)[number],
      hint: row.credential.hint,
      expiresAt: row.credential.expiresAt?.toISOString() ?? null,
      addedAt: row.credential.addedAt.toISOString(),
    },
    verification: verificationOf(row),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    checkedRunId: row.checkedRunId,
    updatedBy: row.updatedBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** What the newest finished verification says about the connection as it is now. */
export function verificationOf(
  row: Pick<ProviderConnection, 'revision' | 'checkedRevision' | 'checkedOutcome' | 'verifiedAt'>,
): Connection['verification'] {
  if (row.checkedRevision === null) return 'never';
  if (row.checkedRevision !== row.revision) return row.verifiedAt === null ? 'never' : 'stale';
  return row.checkedOutcome === 'verified' ? 'verified' : 'failed';
}
