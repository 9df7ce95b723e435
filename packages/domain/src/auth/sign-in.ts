import type { signIn as schema } from '@gangway/contract/auth';
import type { Prisma, User } from '@gangway/db/generated/client';
import type { z } from 'zod';
import type { PublicScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { countWrong, type Limit } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { startBrowserSession, type StartedSession } from './start-browser-session.js';

/**
 * Checks e-mail and password and starts a browser session. An unknown e-mail, a wrong password, an account without one
 * and a used or expired temporary password get the same answer, for the same work.
 * Tries that fail are counted by address, by account, and by both.
 * @throws AppError unauthenticated `auth.invalid_credentials`; too_many above a limit, or where too many hashes wait
 */
export async function signIn(
  scope: PublicScope,
  input: z.output<(typeof schema)['in']>,
  userAgent: string | null,
): Promise<{ me: z.infer<(typeof schema)['out']>; session: StartedSession }> {
  const { db, hasher } = scope.app;
  const user = await db.prisma.user.findUnique({ where: { email: input.email } });
  const attempt = async () => {
    const isMatch = await hasher.matches(input.password, user?.passwordHash ?? null);
    if (!user || !isMatch || user.disabledAt !== null) throw wrongCredentials();
    const session = await db.inTransaction(async (tx) => {
      const isTemporary = user.mustChangePassword && user.passwordExpiresAt !== null;
      const isStill = isTemporary ? await useUp(tx, user) : await holdAccount(tx, user);
      if (!isStill) throw wrongCredentials();
      return startBrowserSession(tx, scope, user, userAgent);
    });
    return {
      me: {
        user: { id: user.userId, email: user.email, firstName: user.firstName, lastName: user.lastName },
        mustChangePassword: user.mustChangePassword,
      },
      session,
    };
  };
  return countWrong(scope, limitsOf(scope, input.email), isWrong, attempt).catch(async (error: unknown) => {
    if (isWrong(error)) await auditRefusal(scope, user);
    throw error;
  });
}

/** Whoever is meant, so that an answer does not come sooner where there is no account. */
async function auditRefusal({ app, requestId }: PublicScope, user: User | null): Promise<void> {
  const actor = { kind: 'system', id: 'signIn', label: 'somebody' } as const;
  await audit(
    app.db.prisma,
    { actor, requestId },
    {
      action: 'auth.signIn',
      outcome: 'denied',
      reasonCode: 'auth.invalid_credentials',
      targetKind: 'user',
      ...(user ? { targetId: user.userId } : {}),
    },
  );
}

const wrongCredentials = () => new AppError('unauthenticated', 'auth.invalid_credentials');
const isWrong = (outcome: unknown): boolean =>
  outcome instanceof AppError && outcome.reasonCode === 'auth.invalid_credentials';

type Compared = Pick<User, 'userId' | 'passwordHash'>;

// While the password was compared it may have been changed, or the account disabled. Until the session is there the row
// is held: a change that comes meanwhile waits, and then ends that session too. Sign-ins do not wait for each other.
async function holdAccount(tx: Prisma.TransactionClient, { userId, passwordHash }: Compared) {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 AS one FROM users
     WHERE user_id = ${userId}::uuid AND password_hash = ${passwordHash} AND disabled_at IS NULL FOR SHARE`;
  return rows.length > 0;
}

// A temporary password works once: whoever gets this update through has used it, and holds the row like any sign-in. It
// ends long ago and not now: of two that come together the one that waits for the other's row may have begun first, and
// its now() is the earlier.
async function useUp(tx: Prisma.TransactionClient, { userId, passwordHash }: Compared) {
  const used = await tx.$executeRaw`
    UPDATE users SET password_expires_at = to_timestamp(0)
     WHERE user_id = ${userId}::uuid AND password_hash = ${passwordHash} AND disabled_at IS NULL
       AND password_expires_at > now()`;
  return used > 0;
}

function limitsOf(scope: PublicScope, email: string): readonly Limit[] {
  const address = toAddressKey(scope.clientAddress);
  return [
    ['password.pair', `${address} ${email}`],
    ['credentials.address', address],
    ['password.account', email],
  ];
}
