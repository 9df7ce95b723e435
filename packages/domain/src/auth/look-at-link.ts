import type { lookAtLink as schema } from '@gangway/contract/auth';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { AppError } from '../errors.js';
import { countLinkTries } from '../limits/count-link-tries.js';
import { findPasswordLink } from './find-password-link.js';

/**
 * Whose password a mailed link sets and until when, for whoever holds it; the link stays as good as it was. The link
 * of an invitation sets none where the address has an account. @throws AppError invalid, gone, too_many
 */
export async function lookAtLink(
  scope: PublicScope,
  input: z.output<(typeof schema)['in']>,
): Promise<z.infer<(typeof schema)['out']>> {
  const { prisma } = scope.app.db;
  return countLinkTries(scope, async () => {
    const link = await findPasswordLink(prisma, input.token);
    const { email } = link.account ?? link.invitation;
    if (link.account === null && (await prisma.user.count({ where: { email } })) > 0)
      throw new AppError('invalid', 'auth.token_invalid');
    return { email, expiresAt: link.expiresAt.toISOString() };
  });
}
