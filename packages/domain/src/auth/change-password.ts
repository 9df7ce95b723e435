import type { changePassword as schema } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError, invalidField } from '../errors.js';
import { countWrong } from '../limits/limits.js';
import { storePassword } from './store-password.js';

/** Replaces the caller's password and ends all their other sessions. @throws AppError invalid, too_many */
export async function changePassword(
  scope: UserScope,
  input: z.output<(typeof schema)['in']>,
): Promise<Record<string, never>> {
  const { db, hasher } = scope.app;
  const user = await db.prisma.user.findUnique({ where: { userId: scope.actor.id } });
  if (!user) throw new AppError('unauthenticated', 'auth.required');
  // Whoever took over a session must not find the password with it.
  const isMatch = await countWrong(
    scope,
    [['password.change', scope.actor.id]],
    (outcome) => outcome === false,
    () => hasher.matches(input.currentPassword, user.passwordHash),
  );
  if (!isMatch) throw notCurrent();
  if (input.newPassword === input.currentPassword)
    throw invalidField('newPassword', 'Must differ from the current password');
  const passwordHash = await hasher.hash(input.newPassword);
  await db.inTransaction(async (tx) => {
    const change = { comparedHash: user.passwordHash, keepSessionId: scope.actor.browserSessionId };
    if (!(await storePassword(tx, scope.actor.id, passwordHash, change))) throw notCurrent();
    await audit(tx, scope, { action: 'auth.changePassword', targetKind: 'user', targetId: scope.actor.id });
  });
  return {};
}

// Also for who knew it when they asked, where another change came first.
const notCurrent = () => invalidField('currentPassword', 'Is not your current password');
