import type { tenantDeletion, tenantDeletionQuery } from '@gangway/contract/provisioning/tenants';
import { Prisma } from '@gangway/db/client';
import type { z } from 'zod';
import { affectedByDeletion } from '../accounts/affected-by-deletion.js';
import type { PartnerScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';

type Preview = z.infer<typeof tenantDeletion>;

interface Row {
  readonly id: string;
  readonly email: string;
  readonly role: Preview['items'][number]['role'];
  readonly account_ends: boolean;
}

/** What the deletion of a tenant would do to people now: whose membership ends, and whose account with it. Changes nothing. */
export async function previewTenantDeletion(
  { app, partnerId }: PartnerScope,
  { tenant, cursor, limit }: { tenant: string } & z.output<typeof tenantDeletionQuery>,
): Promise<Preview> {
  const { prisma } = app.db;
  const after = toCursorId(cursor);
  // The tenant is the partner's: authorization has looked. Between then and now it may have been deleted.
  const affected = Prisma.sql`
    (${affectedByDeletion(tenant)}) a
     WHERE EXISTS (SELECT FROM tenants t WHERE t.tenant = ${tenant}::uuid AND t.partner_id = ${partnerId}::uuid)`;
  const [counts] = await prisma.$queryRaw<[{ memberships: number; accounts: number }]>`
    SELECT count(a.role)::int AS memberships, (count(*) FILTER (WHERE a.account_ends))::int AS accounts FROM ${affected}`;
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT u.user_id AS id, u.email, p.role, p.account_ends
      FROM (SELECT a.* FROM ${affected}) p JOIN users u ON u.user_id = p.user_id
     WHERE ${after}::uuid IS NULL OR u.user_id > ${after}::uuid
     ORDER BY u.user_id LIMIT ${limit + 1}`;
  const { items, nextCursor } = toPage(rows, limit, ({ id, email, role, account_ends }) => ({
    ...{ user_id: id, email, role, account_ends },
  }));
  return {
    tenant,
    memberships_ended: counts.memberships,
    accounts_ended: counts.accounts,
    items,
    next_cursor: nextCursor,
  };
}
