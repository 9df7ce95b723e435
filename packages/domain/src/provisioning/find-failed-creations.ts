import { Prisma, type PrismaClient } from '@gangway/db/client';
import type { TenantSearch } from './find-tenants-by-part.js';
import type { FailedCreation } from './to-failed-tenant.js';

type Search = Pick<TenantSearch, 'partnerId' | 'before' | 'take'> & { readonly part: string | undefined };

/**
 * A partner's creations that failed and left no tenant behind, newest tenant first; of one that failed more than once the
 * last. A part is looked for in each: they are few.
 */
export async function findFailedCreations(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  { partnerId, part, before, take }: Search,
): Promise<FailedCreation[]> {
  return prisma.$queryRaw<FailedCreation[]>`
    SELECT DISTINCT ON (r.subject_id) r.id, r.subject_id AS "subjectId", r.input, r.created_at AS "createdAt", r.finished_at AS "finishedAt"
      FROM operation_runs r
     WHERE r.partner_id = ${partnerId}::uuid AND r.type = 'tenant.create' AND r.status = 'failed' AND NOT r.held
       AND NOT EXISTS (SELECT FROM tenants t WHERE t.tenant = r.subject_id)
       ${before === null ? Prisma.empty : Prisma.sql`AND r.subject_id < ${before}::uuid`}
       ${part === undefined ? Prisma.empty : hasPart(part)}
     ORDER BY r.subject_id DESC, r.id DESC LIMIT ${take}`;
}

const hasPart = (part: string): Prisma.Sql => Prisma.sql`
  AND (strpos(lower(r.input->>'tenantName'), lower(${part})) > 0 OR strpos(r.input->'adminUser'->>'email', lower(${part})) > 0)`;
