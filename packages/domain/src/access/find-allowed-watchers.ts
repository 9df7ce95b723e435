import type { Database } from '@gangway/db/client';

/** Who watches, where: a member, by one of their browser sessions. */
export interface Watching {
  readonly workspaceId: string;
  readonly userId: string;
  readonly browserSessionId: string;
}

/** Which of the watchers are still members with a live session, asked in one statement for all of them. */
export async function findAllowedWatchers<W extends { readonly who: Watching }>(
  db: Pick<Database, 'prisma'>,
  watchers: readonly W[],
): Promise<Set<W>> {
  const asked = watchers.map(({ who }, index) => ({ index, ...who }));
  const rows = await db.prisma.$queryRaw<{ index: number }[]>`
    SELECT (w->>'index')::int AS index
      FROM jsonb_array_elements(${JSON.stringify(asked)}::jsonb) w
      JOIN memberships m ON m.workspace_id = (w->>'workspaceId')::uuid AND m.user_id = (w->>'userId')::uuid
      JOIN users u ON u.user_id = m.user_id AND u.disabled_at IS NULL
      JOIN browser_sessions s ON s.id = (w->>'browserSessionId')::uuid AND s.revoked_at IS NULL AND s.expires_at > now()`;
  const allowed = new Set(rows.map((row) => row.index));
  return new Set(watchers.filter((_, index) => allowed.has(index)));
}
