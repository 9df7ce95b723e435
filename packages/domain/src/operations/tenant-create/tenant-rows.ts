import { Prisma } from '@gangway/db/client';
import type { PreparedRows } from '@gangway/engine/port';
import type { TenantRowUndo, TenantStep } from './tenant-step.js';

/**
 * The tenant's company if it has one, and the tie between them; its only company is its default one. The tenant itself
 * came to stand with the run.
 */
export function createTenantRows({ tenantId, input }: TenantStep): PreparedRows {
  const { companyId, companyName } = input;
  const company = Prisma.sql`
    INSERT INTO companies (company_id, company_name, tenant)
    SELECT ${companyId}::uuid, ${companyName}, ${tenantId}::uuid FROM run ON CONFLICT (company_id) DO NOTHING`;
  const tie = Prisma.sql`
    INSERT INTO tenant_companies (tenant, company_id, is_default)
    SELECT ${tenantId}::uuid, ${companyId}::uuid, true FROM run ON CONFLICT (tenant, company_id) DO NOTHING`;
  return { output: { tenantId, companyId }, rows: companyId === null ? [] : [company, tie] };
}

// The tenant is this run's until `tenant.delete` takes it over, whatever its state: a run that is parked behind its last
// step has made it active, and the partner may have suspended it since.
export const removeTenant: TenantRowUndo = {
  list: ({ app, tenantId, ctx }) => app.db.prisma.$queryRaw`
    SELECT 'company' AS what, company_id AS id FROM companies WHERE tenant = ${tenantId}::uuid
    UNION ALL SELECT 'tenant', tenant FROM tenants WHERE tenant = ${tenantId}::uuid AND operation_run_id = ${ctx.run.id}::uuid`,
  rows: ({ tenantId, ctx }) => [
    Prisma.sql`DELETE FROM tenants USING run WHERE tenant = ${tenantId}::uuid AND operation_run_id = ${ctx.run.id}::uuid`,
  ],
};
