import type { sessions } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { toCursorId, toPage } from '../page.js';

/** Where the caller is signed in, newest first. @throws AppError invalid for a cursor that is none */
export async function listBrowserSessions(
  scope: UserScope,
  input: z.output<(typeof sessions)['in']>,
): Promise<z.infer<(typeof sessions)['out']>> {
  const before = toCursorId(input.cursor);
  const rows = await scope.app.db.prisma.browserSession.findMany({
    where: {
      userId: scope.actor.id,
      revokedAt: null,
      expiresAt: { gt: new Date() },
      ...(before ? { id: { lt: before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: input.limit + 1,
  });
  return toPage(rows, input.limit, (row) => ({
    id: row.id,
    current: row.id === scope.actor.browserSessionId,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}
