import { z } from 'zod';
import { ROLES } from './capabilities.js';
import { email, instant, listOf, page, secret, uuid } from './text.js';

const role = z.enum(ROLES);
const workspaceId = uuid;

export const member = z.object({
  userId: uuid.nullable(),
  invitationId: uuid.nullable(),
  email: z.string(),
  name: z.string().nullable(),
  role,
  status: z.enum(['active', 'invited']),
  since: instant,
});
export type Member = z.infer<typeof member>;

export const list = { in: z.strictObject({ workspaceId, ...page }), out: listOf(member) };
export const invite = {
  in: z.strictObject({ workspaceId, email, role }),
  out: z.object({ invitationId: uuid, expiresAt: instant }),
};
export const changeRole = {
  in: z.strictObject({ workspaceId, userId: uuid, role }),
  out: z.object({ userId: uuid, role }),
};
export const remove = { in: z.strictObject({ workspaceId, userId: uuid }), out: z.object({ userId: uuid }) };
/** A person without an account gets one first, with the same token: `auth.setPassword`. */
export const accept = {
  in: z.strictObject({ token: secret(200) }),
  out: z.object({ workspaceId: uuid, role }),
};
