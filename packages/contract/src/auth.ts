import { z } from 'zod';
import { email, instant, listOf, newPassword, page, secret, uuid } from './text.js';

export const user = z.object({ id: uuid, email: z.string(), firstName: z.string(), lastName: z.string() });
export type User = z.infer<typeof user>;

export const me = z.object({ user, mustChangePassword: z.boolean() });

export const signIn = { in: z.strictObject({ email, password: secret(1024) }), out: me };
/** Procedures without an input take none, or an empty object. */
const nothing = z.strictObject({}).optional();

export const signOut = { in: nothing, out: z.object({}) };
export const getMe = { in: nothing, out: me };
export const changePassword = {
  in: z.strictObject({ currentPassword: secret(1024), newPassword }),
  out: z.object({}),
};
export const requestPasswordReset = { in: z.strictObject({ email }), out: z.object({}) };
/** Whom a mailed link lets set a password, before they type one. Looking consumes nothing. */
export const lookAtLink = {
  in: z.strictObject({ token: secret(200) }),
  out: z.object({ email: z.string(), expiresAt: instant }),
};
export const setPassword = {
  in: z.strictObject({ token: secret(200), newPassword }),
  out: z.object({ email: z.string() }),
};

export const browserSession = z.object({
  id: uuid,
  current: z.boolean(),
  userAgent: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
});
export const sessions = {
  /** May be left out: the first page. */
  in: z.strictObject(page).prefault({}),
  out: listOf(browserSession),
};
export const revokeSession = { in: z.strictObject({ sessionId: uuid }), out: z.object({}) };
