import type { ProvisionedTenant, tenantList, tenantQuery } from '@gangway/contract/provisioning/tenants';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { findFailedCreations } from './find-failed-creations.js';
import { findTenantsByPart } from './find-tenants-by-part.js';
import { toFailedTenant } from './to-failed-tenant.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/**
 * The partner's tenants, newest first; `q` looks into names and e-mail addresses. Those whose creation failed are listed
 * only where they are asked for. @throws AppError invalid for a cursor that is none
 */
export async function listTenants(
  scope: PartnerScope,
  input: z.output<typeof tenantQuery>,
): Promise<z.infer<typeof tenantList>> {
  const { limit, status, q } = input;
  const { partnerId } = scope;
  const { prisma } = scope.app.db;
  const before = toCursorId(input.cursor);
  const take = limit + 1;
  if (status === 'failed') {
    const runs = await findFailedCreations(prisma, { partnerId, part: q, before, take });
    return listPage(runs, limit, (run) => run.subjectId, toFailedTenant);
  }
  const rows =
    q === undefined
      ? await prisma.tenant.findMany({
          where: {
            partnerId,
            ...(before ? { tenant: { lt: before } } : {}),
            ...(status ? { status } : {}),
          },
          orderBy: { tenant: 'desc' },
          take,
        })
      : await findTenantsByPart(prisma, { partnerId, part: q, status, before, take });
  return listPage(rows, limit, (row) => row.tenant, toProvisionedTenant);
}

/** Pages go by the tenant's id. */
function listPage<Row>(
  rows: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
  toItem: (row: Row) => ProvisionedTenant,
): z.infer<typeof tenantList> {
  const numbered = rows.map((row) => ({ id: idOf(row), row }));
  const page = toPage(numbered, limit, ({ row }) => toItem(row));
  return { items: page.items, next_cursor: page.nextCursor };
}
