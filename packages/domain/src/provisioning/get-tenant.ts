import type { ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { PartnerScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { toFailedTenant } from './to-failed-tenant.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/**
 * One tenant of the partner. Of a tenant whose creation failed nothing is left but its run: it is told as `failed`, so
 * that an id once acknowledged can always be read.
 * @throws AppError not_found
 */
export async function getTenant(scope: PartnerScope, input: { tenant: string }): Promise<ProvisionedTenant> {
  const { partnerId } = scope;
  const { prisma } = scope.app.db;
  const row = await prisma.tenant.findFirst({ where: { tenant: input.tenant, partnerId } });
  if (row) return toProvisionedTenant(row);
  const run = await prisma.operationRun.findFirst({
    where: { partnerId, subjectId: input.tenant, type: 'tenant.create', status: 'failed' },
    orderBy: { id: 'desc' },
  });
  if (!run) throw notFound();
  return toFailedTenant(run);
}
