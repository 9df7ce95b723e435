import type { JsonObject } from '@gangway/engine/json';
import type { TenantStep, TenantUndo } from './tenant-step.js';

/** The tenant (there already when the API accepted it), its company if it has one, and the tie between them. */
export async function createTenantRows({ house, tenantId, input, ctx }: TenantStep): Promise<JsonObject> {
  const { companyId, companyName } = input;
  await house.db.prisma.$executeRaw`
    WITH tenant AS (
      INSERT INTO tenants (tenant, partner_id, company_name, email, phone_number, industry, contract_line, status)
      VALUES (${tenantId}::uuid, ${ctx.run.partnerId}::uuid, ${input.tenantName}, ${input.adminUser.email}, ${input.phoneNumber},
              ${input.industry}, ${input.contractLine}, 'provisioning')
      ON CONFLICT (tenant) DO NOTHING
    ), company AS (
      INSERT INTO companies (company_id, company_name, tenant)
      SELECT ${companyId}::uuid, ${companyName}, ${tenantId}::uuid WHERE ${companyId}::uuid IS NOT NULL
      ON CONFLICT (company_id) DO NOTHING
    )
    INSERT INTO tenant_companies (tenant, company_id)
    SELECT ${tenantId}::uuid, ${companyId}::uuid WHERE ${companyId}::uuid IS NOT NULL
    ON CONFLICT (tenant, company_id) DO NOTHING`;
  return { tenantId, companyId };
}

// The id was minted for this run, so nobody else can have made the row; once active, a tenant is deleted only by
// `tenant.delete`.
export const removeTenant: TenantUndo = {
  list: ({ house, tenantId }) => house.db.prisma.$queryRaw`
    SELECT 'company' AS what, company_id AS id FROM companies WHERE tenant = ${tenantId}::uuid
    UNION ALL SELECT 'tenant', tenant FROM tenants WHERE tenant = ${tenantId}::uuid AND status = 'provisioning'`,
  undo: async ({ house, tenantId }) => {
    await house.db.prisma
      .$executeRaw`DELETE FROM tenants WHERE tenant = ${tenantId}::uuid AND status = 'provisioning'`;
  },
};
