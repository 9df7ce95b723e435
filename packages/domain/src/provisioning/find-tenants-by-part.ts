import { Prisma, type PrismaClient } from '@gangway/db/client';
import type { Tenant } from '@gangway/db/generated/client';
import { rowOfJson } from '../row-of-json.js';

/** Rows in which a page of a common part is full; reading them costs about a millisecond. */
const NEAR = 1_000;
/** Rows that are still read sooner than the index finds and sorts every tenant that has the part. */
const FAR = 20 * NEAR;

type Queries = Pick<PrismaClient, '$queryRaw'>;
type Row = Record<string, unknown>;

export interface TenantSearch {
  readonly partnerId: string;
  /** Looked for as it is, in either case of its letters, in names and e-mail addresses. */
  readonly part: string;
  readonly status?: string | undefined;
  /** The id of the last tenant of the page before. */
  readonly before: string | null;
  /** Rows at most. */
  readonly take: number;
}

/**
 * A partner's tenants that have a part in their name or address, newest first. A common part is found among the newest
 * of them; a rare one by the index of trigrams, which knows no order. Every statement finds the whole page, or the next
 * one does; where the first has seen every tenant, it is the only one. They are not prepared: planned with their values,
 * because it is these that tell rare from common.
 */
export async function findTenantsByPart(prisma: Queries, search: TenantSearch): Promise<Tenant[]> {
  const { part, take } = search;
  if (Array.from(part).length < 3) return (await lookAmongNewest(prisma, search, null)).found; // has no trigram
  const near = await lookAmongNewest(prisma, search, NEAR);
  if (near.isPage) return near.found;
  if (near.found.length * (FAR / NEAR) >= 2 * take) {
    const far = await lookAmongNewest(prisma, search, FAR);
    if (far.isPage) return far.found;
  }
  const rows = await prisma.$queryRaw<{ row: Row }[]>(byTrigrams(search, await telling(prisma, search)));
  return rows.map(({ row }) => rowOfJson(row) as Tenant);
}

/**
 * What the newest tenants have of a page; it is the whole page where it is full, or there are no more of them than were
 * looked at. `count`: tenants to look at, or null for all.
 */
async function lookAmongNewest(
  prisma: Queries,
  search: TenantSearch,
  count: number | null,
): Promise<{ found: Tenant[]; isPage: boolean }> {
  const rows = await prisma.$queryRaw<{ row: Row; isFound: boolean; isLast: boolean }[]>(
    amongNewest(search, count),
  );
  const found = rows.filter(({ isFound }) => isFound).map(({ row }) => rowOfJson(row) as Tenant);
  return { found, isPage: found.length === search.take || !rows.some(({ isLast }) => isLast) };
}

/**
 * Those trigrams of the part that few of the newest tenants have, one after the other. What nearly all have leads
 * nowhere, and stands in the longest lists of the index.
 */
async function telling(prisma: Queries, search: TenantSearch): Promise<string> {
  const sample = await prisma.$queryRaw<{ part: string; content: string }[]>`
    SELECT lower(${search.part}) AS part, lower(company_name || ' ' || email) AS content
      FROM tenants WHERE ${isAsked(search)} ORDER BY tenant DESC LIMIT 50`;
  const letters = Array.from(sample[0]?.part ?? search.part);
  const trigrams: string[] = [];
  for (let i = 0; i + 3 <= letters.length; i += 3) trigrams.push(letters.slice(i, i + 3).join(''));
  if (letters.length % 3 > 0) trigrams.push(letters.slice(-3).join(''));
  const rare = trigrams.filter(
    (trigram) => sample.filter(({ content }) => content.includes(trigram)).length * 4 < sample.length,
  );
  return (rare.length > 0 ? rare : trigrams).join('');
}

/** The last of `count` tenants comes whether it has the part or not: without it, there were fewer. */
function amongNewest(search: TenantSearch, count: number | null): Prisma.Sql {
  return Prisma.sql`
    SELECT to_jsonb(t) - 'nth' AS row, ${hasPart(search)} AS "isFound", coalesce(nth = ${count}::int, false) AS "isLast"
      FROM (SELECT *, row_number() OVER (ORDER BY tenant DESC) AS nth
              FROM tenants WHERE ${isAsked(search)} ORDER BY tenant DESC LIMIT ${count}::int) t
     WHERE ${hasPart(search)} OR nth = ${count}::int ORDER BY tenant DESC LIMIT ${search.take}`;
}

/** The index leaves out what is still being created: that is little, and is read as it stands. */
function byTrigrams(search: TenantSearch, trigrams: string): Prisma.Sql {
  const { partnerId, take } = search;
  const found = Prisma.sql`SELECT * FROM tenants WHERE ${isAsked(search)} AND ${hasPart(search)}`;
  const page = Prisma.sql`ORDER BY tenant DESC LIMIT ${take}`;
  return Prisma.sql`
    SELECT to_jsonb(t) AS row
      FROM ((${found} AND status <> 'provisioning'
                AND search_grams(partner_id, company_name || ' ' || email, 1) @> search_grams(${partnerId}::uuid, ${trigrams}, 3) ${page})
            UNION ALL (${found} AND status = 'provisioning' ${page})) t
     ${page}`;
}

function isAsked({ partnerId, status, before }: TenantSearch): Prisma.Sql {
  return Prisma.sql`partner_id = ${partnerId}::uuid
    ${before === null ? Prisma.empty : Prisma.sql`AND tenant < ${before}::uuid`}
    ${status === undefined ? Prisma.empty : Prisma.sql`AND status = ${status}`}`;
}

const hasPart = ({ part }: TenantSearch): Prisma.Sql =>
  Prisma.sql`(strpos(lower(company_name), lower(${part})) > 0 OR strpos(email, lower(${part})) > 0)`;
