import type { tenantList, tenantQuery } from '@gangway/contract/provisioning/tenants';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';
import { toProvisionedTenant } from './to-provisioned-tenant.js';

/** The partner's tenants, newest first; `q` looks into names and e-mail addresses. */
export async function listTenants(
  scope: PartnerScope,
  input: z.output<typeof tenantQuery>,
): Promise<z.infer<typeof tenantList>> {
  const { limit, status, q } = input;
  const before = toCursorId(input.cursor);
  const rows = await scope.house.db.prisma.tenant.findMany({
    where: {
      partnerId: scope.partnerId,
      ...(before ? { tenant: { lt: before } } : {}),
      ...(status ? { status } : {}),
      ...(q
        ? {
            OR: [
              { companyName: { contains: q, mode: 'insensitive' as const } },
              { email: { contains: q.toLowerCase() } },
            ],
          }
        : {}),
    },
    orderBy: { tenant: 'desc' },
    take: limit + 1,
  });
  const page = toPage(
    rows.map((row) => ({ id: row.tenant, row })),
    limit,
    ({ row }) => toProvisionedTenant(row),
  );
  return { items: page.items, next_cursor: page.nextCursor };
}
