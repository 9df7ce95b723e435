import { z } from 'zod';
import type { Acme } from './test-acme.js';
import type { Caller, Told } from './test-caller.js';

const listed = z.object({
  items: z.array(
    z.object({
      userId: z.string().nullable(),
      invitationId: z.string().nullable(),
      email: z.string(),
      role: z.string(),
      status: z.string(),
      invitedBy: z.string().nullable(),
      expiresAt: z.string().nullable(),
    }),
  ),
});

/** Members and those who are invited, as the owner sees them. */
export async function listPeople({ owner, workspaceId }: Acme): Promise<z.infer<typeof listed>['items']> {
  return listed.parse((await owner.query('members.list', { workspaceId })).data).items;
}

export function invite({ workspaceId }: Acme, by: Caller, email: string, role = 'viewer'): Promise<Told> {
  return by.mutate('members.invite', { workspaceId, email, role });
}

export async function userIdOf({ api }: Acme, email: string): Promise<string> {
  return (await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } })).userId;
}
