import type { Database } from '@gangway/db/client';

/** Rows that are shown at most. */
const LIMIT = 100;

/** What outsiders were denied in the last hours, most often first, for the operator. */
export async function listOutsiderDenials(
  { db }: { readonly db: Pick<Database, 'prisma'> },
  hours: number,
): Promise<readonly object[]> {
  const rows = await db.prisma.outsiderDenial.findMany({
    where: { hour: { gt: new Date(Date.now() - (hours + 1) * 3_600_000) } },
    orderBy: [{ denials: 'desc' }, { lastAt: 'desc' }],
    take: LIMIT,
  });
  return rows.map((row) => ({
    hour: row.hour.toISOString(),
    actor: `${row.actorKind} ${row.actorId}`,
    action: row.action,
    reasonCode: row.reasonCode,
    denials: row.denials,
    lastAt: row.lastAt.toISOString(),
    lastTargetId: row.lastTargetId,
  }));
}
