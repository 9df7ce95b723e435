import type { JsonObject } from '@gangway/engine/json';
import { isUniqueViolation } from '../../errors.js';
import { slugOf } from '../../provisioning/slug-of.js';
import type { TenantStep, TenantUndo } from './tenant-step.js';

/** Mail settings, the default company, the contract line, the workspace, and its first owner. */
export async function setUpData(step: TenantStep): Promise<JsonObject> {
  const { input } = step;
  const slug = slugOf(input.tenantName);
  // The end of a UUIDv7 is random: good enough to tell two tenants of one name apart.
  const apart = `${slug}-${input.workspaceId.slice(-6)}`;
  try {
    await write(step, slug, apart);
  } catch (error) {
    // Somebody took the name in the same instant.
    if (!isUniqueViolation(error, 'workspaces_slug_key')) throw error;
    await write(step, apart, apart);
  }
  return { workspaceId: input.workspaceId, contractLine: input.contractLine };
}

async function write(
  { house, tenantId, input }: TenantStep,
  slug: string,
  slugIfTaken: string,
): Promise<void> {
  const { companyId, workspaceId } = input;
  await house.db.prisma.$executeRaw`
    WITH settings AS (
      INSERT INTO tenant_email_settings (tenant_id) VALUES (${tenantId}::uuid) ON CONFLICT (tenant_id) DO NOTHING
    ), company AS (
      UPDATE tenant_companies SET is_default = true, updated_at = now() WHERE tenant = ${tenantId}::uuid AND company_id = ${companyId}::uuid
    ), line AS (
      UPDATE tenants SET contract_line = ${input.contractLine}, updated_at = now() WHERE tenant = ${tenantId}::uuid
    ), workspace AS (
      INSERT INTO workspaces (id, tenant, name, slug)
      VALUES (${workspaceId}::uuid, ${tenantId}::uuid, ${input.tenantName},
              CASE WHEN EXISTS (SELECT FROM workspaces WHERE slug = ${slug}) THEN ${slugIfTaken} ELSE ${slug} END)
      ON CONFLICT (id) DO NOTHING
    )
    INSERT INTO memberships (workspace_id, user_id, role) VALUES (${workspaceId}::uuid, ${input.adminUserId}::uuid, 'owner')
    ON CONFLICT (workspace_id, user_id) DO NOTHING`;
}

export const removeData: TenantUndo = {
  list: ({ house, tenantId, input }) => house.db.prisma.$queryRaw`
    SELECT 'workspace' AS what, id FROM workspaces WHERE id = ${input.workspaceId}::uuid AND tenant = ${tenantId}::uuid
    UNION ALL SELECT 'mail settings', tenant_id FROM tenant_email_settings WHERE tenant_id = ${tenantId}::uuid`,
  undo: async ({ house, tenantId, input }) => {
    await house.db.prisma.$executeRaw`
      WITH workspace AS (DELETE FROM workspaces WHERE id = ${input.workspaceId}::uuid AND tenant = ${tenantId}::uuid)
      DELETE FROM tenant_email_settings WHERE tenant_id = ${tenantId}::uuid`;
  },
};
