import { rolesWith, type Capability } from '@gangway/contract/capabilities';
import type { Database } from '@gangway/db/client';

/** E-mail addresses of up to five members who hold a capability: who a member without it can ask. */
export async function holdersOf(
  db: Database,
  workspaceId: string,
  capability: Capability,
): Promise<string[]> {
  const members = await db.prisma.membership.findMany({
    where: { workspaceId, role: { in: [...rolesWith(capability)] } },
    select: { user: { select: { email: true } } },
    orderBy: { createdAt: 'asc' },
    take: 5,
  });
  return members.map((member) => member.user.email);
}
