import { Prisma } from '@gangway/db/client';
import type { PreparedRows } from '@gangway/engine/port';
import { slugOf } from '../../provisioning/slug-of.js';
import type { TenantRowUndo, TenantStep } from './tenant-step.js';

/** Mail settings, the workspace, and its first owner. The contract line is fixed here and stands once the tenant is active. */
export function setUpData({ tenantId, input }: TenantStep): PreparedRows {
  const { workspaceId, adminUserId, contractLine } = input;
  const slug = slugOf(input.tenantName);
  // The end of a UUIDv7 is random: good enough to tell two tenants of one name apart.
  const apart = `${slug}-${workspaceId.slice(-6)}`;
  const settings = Prisma.sql`
    INSERT INTO tenant_email_settings (tenant_id) SELECT ${tenantId}::uuid FROM run ON CONFLICT (tenant_id) DO NOTHING`;
  const workspace = Prisma.sql`
    INSERT INTO workspaces (id, tenant, name, slug)
    SELECT ${workspaceId}::uuid, ${tenantId}::uuid, ${input.tenantName},
           CASE WHEN EXISTS (SELECT FROM workspaces WHERE slug = ${slug}) THEN ${apart} ELSE ${slug} END FROM run
    ON CONFLICT (id) DO NOTHING`;
  const owner = Prisma.sql`
    INSERT INTO memberships (workspace_id, user_id, role) SELECT ${workspaceId}::uuid, ${adminUserId}::uuid, 'owner' FROM run
    ON CONFLICT (workspace_id, user_id) DO NOTHING`;
  return { output: { workspaceId, contractLine }, rows: [settings, workspace, owner] };
}

export const removeData: TenantRowUndo = {
  list: ({ app, tenantId, input }) => app.db.prisma.$queryRaw`
    SELECT 'workspace' AS what, id FROM workspaces WHERE id = ${input.workspaceId}::uuid AND tenant = ${tenantId}::uuid
    UNION ALL SELECT 'mail settings', tenant_id FROM tenant_email_settings WHERE tenant_id = ${tenantId}::uuid`,
  rows: ({ tenantId, input }) => [
    Prisma.sql`DELETE FROM workspaces USING run WHERE workspaces.id = ${input.workspaceId}::uuid AND tenant = ${tenantId}::uuid`,
    Prisma.sql`DELETE FROM tenant_email_settings USING run WHERE tenant_id = ${tenantId}::uuid`,
  ],
};
