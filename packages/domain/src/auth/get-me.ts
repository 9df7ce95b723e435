import type { me } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { UserScope } from '../access/scope.js';
import { AppError } from '../errors.js';

/** Who is signed in. */
export async function getMe(scope: UserScope): Promise<z.infer<typeof me>> {
  const user = await scope.app.db.prisma.user.findUnique({ where: { userId: scope.actor.id } });
  if (!user) throw new AppError('unauthenticated', 'auth.required');
  return {
    user: { id: user.userId, email: user.email, firstName: user.firstName, lastName: user.lastName },
    mustChangePassword: user.mustChangePassword,
  };
}
