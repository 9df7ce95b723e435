import type { Run } from '@gangway/contract/operations';
import { snapshotData } from '@gangway/contract/snapshots';
import type { ReadClient } from '@gangway/db/client';

type Tenant = { readonly workspaceId: string; readonly managedTenantId: string | null };

/**
 * A run whose checks name the Conditional Access policies that Microsoft blocked it with, by the names in the newest
 * snapshot of the managed tenant. A policy that is not in it keeps its id alone.
 */
export async function namePolicies(
  db: ReadClient,
  run: Run,
  { workspaceId, managedTenantId }: Tenant,
): Promise<Run> {
  const isBlocked = run.checks?.some(({ evidence }) => evidence?.policyIds?.length) ?? false;
  if (!isBlocked || run.checks === undefined) return run;
  const names =
    managedTenantId === null ? new Map<string, string>() : await loadNames(db, workspaceId, managedTenantId);
  const checks = run.checks.map((check) => {
    const ids = check.evidence?.policyIds ?? [];
    if (ids.length === 0) return check;
    return {
      ...check,
      policies: ids.map((id) => ({ id, displayName: names.get(id.toLowerCase()) ?? null })),
    };
  });
  return { ...run, checks };
}

async function loadNames(
  db: ReadClient,
  workspaceId: string,
  managedTenantId: string,
): Promise<Map<string, string>> {
  const type = 'posture.conditional_access';
  const newest = await db.snapshot.findFirst({
    where: { workspaceId, managedTenantId, type },
    orderBy: { takenAt: 'desc' },
  });
  const parsed = snapshotData[type].safeParse(newest?.data);
  const policies = parsed.success ? parsed.data.policies : [];
  return new Map(
    policies.flatMap(({ id, displayName }): [string, string][] =>
      id === undefined || displayName === '' ? [] : [[id.toLowerCase(), displayName]],
    ),
  );
}
