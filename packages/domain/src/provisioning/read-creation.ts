import type { CreatedTenant, ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import { Prisma } from '@gangway/db/client';
import { credentialCondition } from '../access/credential-condition.js';
import type { PartnerScope } from '../access/scope.js';
import { getProvisioningRun } from './get-provisioning-run.js';

interface Row {
  readonly is_allowed: boolean;
  /** Null for a tenant that is gone: its creation failed. */
  readonly status: ProvisionedTenant['status'] | null;
  readonly updated_at: Date | null;
}

/**
 * A tenant that was just created, as it is now, with its run; the run's result carries the temporary password as in
 * {@link getProvisioningRun}. Time has passed since the credential was authorized: without `operation_run`, and as it was
 * given, for one that may not read runs, or not any more.
 */
export async function readCreation(
  scope: PartnerScope,
  created: ProvisionedTenant,
  operationRunId: string,
): Promise<CreatedTenant> {
  const row = await readNow(scope, created.tenant);
  if (!row?.is_allowed) return created;
  const run = await getProvisioningRun(scope, { operation_run_id: operationRunId });
  return {
    ...created,
    status: row.status ?? 'failed',
    updated_at: row.updated_at?.toISOString() ?? run.finished_at ?? created.updated_at,
    operation_run: run,
  };
}

async function readNow(scope: PartnerScope, tenantId: string): Promise<Row | undefined> {
  const { actor, partnerId, tokenEndsAt } = scope;
  if (tokenEndsAt !== null && tokenEndsAt.getTime() <= Date.now()) return undefined;
  const { text, values } = Prisma.sql`
    SELECT ${credentialCondition(scope, 'tenant:read')} AS is_allowed, t.status, t.updated_at
      FROM (VALUES (${tenantId}::uuid)) AS created (tenant)
      LEFT JOIN tenants t ON t.tenant = created.tenant AND t.partner_id = ${partnerId}::uuid`;
  const isOfIssuer = scope.endsAt !== null && actor.kind === 'partner';
  const name = `read_creation_${isOfIssuer ? 'issuer' : actor.kind}`;
  const { rows } = await scope.app.db.pool.query<Row>({ name, text, values });
  return rows[0];
}
