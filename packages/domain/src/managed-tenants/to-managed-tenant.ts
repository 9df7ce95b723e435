import type { Cloud } from '@gangway/contract/clouds';
import type {
  HEALTH,
  MANAGED_TENANT_STATUSES,
  ManagedTenantSummary,
} from '@gangway/contract/managed-tenants';
import type { ManagedTenant } from '@gangway/db/generated/client';

/** A managed tenant with its open session, if any. */
export type ManagedTenantRow = ManagedTenant & { sessions: { id: string }[] };

/** What every read of a managed tenant includes. */
export const withOpenSession = { sessions: { where: { status: 'open' }, select: { id: true } } } as const;

export function toManagedTenant(row: ManagedTenantRow): ManagedTenantSummary {
  return {
    id: row.id,
    entraTenantId: row.entraTenantId,
    name: row.name,
    domain: row.domain,
    cloud: row.cloud as Cloud | null,
    status: row.status as (typeof MANAGED_TENANT_STATUSES)[number],
    health: row.health as (typeof HEALTH)[number],
    lastCheckedAt: row.lastCheckedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    onboardingSessionId: row.sessions[0]?.id ?? null,
  };
}
