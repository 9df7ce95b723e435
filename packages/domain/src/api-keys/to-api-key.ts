import type { apiKey } from '@gangway/contract/provisioning/api-keys';
import type { ApiKey } from '@gangway/db/generated/client';
import type { z } from 'zod';

type Shown = z.infer<typeof apiKey>;

/** A key as it is shown: what it is recognised by, never the key. */
export function toApiKey(row: ApiKey): Shown {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    roles: row.roles as Shown['roles'],
    permissions: row.permissions as Shown['permissions'],
    created_by: row.createdBy,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt?.toISOString() ?? null,
    last_used_at: row.lastUsedAt?.toISOString() ?? null,
  };
}
