import type { tenantList, tenantQuery } from '@gangway/contract/provisioning/tenants';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { findTenantsByPart } from './find-tenants-by-part.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/** The partner's tenants, newest first; `q` looks into names and e-mail addresses. */
export async function listTenants(
  scope: PartnerScope,
  input: z.output<typeof tenantQuery>,
): Promise<z.infer<typeof tenantList>> {
  const { limit, status, q } = input;
  const { partnerId } = scope;
  const { prisma } = scope.house.db;
  const before = toCursorId(input.cursor);
  const take = limit + 1;
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
  const page = toPage(
    rows.map((row) => ({ id: row.tenant, row })),
    limit,
    ({ row }) => toProvisionedTenant(row),
  );
  return { items: page.items, next_cursor: page.nextCursor };
}
