import { z } from 'zod';
import { ROLES } from './capabilities.js';
import { email, instant, line, listOf, newPassword, page, secret, uuid } from './text.js';

const role = z.enum(ROLES);
const workspaceId = uuid;

export const member = z.object({
  userId: uuid.nullable(),
  invitationId: uuid.nullable(),
  email: z.string(),
  name: z.string().nullable(),
  role,
  /** `expired`: was invited, and the link is over; the invitation can be sent again. */
  status: z.enum(['active', 'invited', 'expired']),
  /** Of a member: since when. Of an invitation: when it was last sent. */
  since: instant,
  /** Of an invitation: who sent it, and how long its link is good. */
  invitedBy: z.string().nullable(),
  expiresAt: instant.nullable(),
});
export type Member = z.infer<typeof member>;

export const list = { in: z.strictObject({ workspaceId, ...page }), out: listOf(member) };
export const invite = {
  in: z.strictObject({ workspaceId, email, role }),
  out: z.object({ invitationId: uuid, expiresAt: instant }),
};
const invitationRef = z.strictObject({ workspaceId, invitationId: uuid });
/** Mails a new link, good for a week; the one before works no more. */
export const resend = { in: invitationRef, out: z.object({ invitationId: uuid, expiresAt: instant }) };
/** Withdraws an invitation; its link works no more. */
export const revoke = { in: invitationRef, out: z.object({ invitationId: uuid }) };

export const changeRole = {
  in: z.strictObject({ workspaceId, userId: uuid, role }),
  out: z.object({ userId: uuid, role }),
};
export const remove = { in: z.strictObject({ workspaceId, userId: uuid }), out: z.object({ userId: uuid }) };

const token = secret(200);
/** What the page of a mailed link tells. Looking consumes nothing. */
export const look = {
  in: z.strictObject({ token }),
  out: z.object({
    workspaceName: z.string(),
    role,
    email: z.string(),
    invitedBy: z.string(),
    expiresAt: instant,
    /** Whether the address has an account to sign in with; without one the person joins with a new password. */
    hasAccount: z.boolean(),
  }),
};
export type Invitation = z.infer<typeof look.out>;
/** For who has an account. A person without one joins, or gets one first with the same token: `auth.setPassword`. */
export const accept = {
  in: z.strictObject({ token }),
  out: z.object({ workspaceId: uuid, role }),
};
/** For who has no account: makes it, makes them a member, and signs them in. */
export const join = {
  in: z.strictObject({ token, firstName: line(100).optional(), lastName: line(100).optional(), newPassword }),
  out: z.object({ workspaceId: uuid, slug: z.string(), role }),
};
