import type { sessions } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';

/** Where the caller is signed in, newest first; at most a hundred. */
export async function listBrowserSessions(scope: UserScope): Promise<z.infer<(typeof sessions)['out']>> {
  const rows = await scope.house.db.prisma.browserSession.findMany({
    where: { userId: scope.actor.id, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { id: 'desc' },
    take: 100,
  });
  const items = rows.map((row) => ({
    id: row.id,
    current: row.id === scope.actor.browserSessionId,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
  return { items, nextCursor: null };
}
