import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';
import type { RequestScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { createSessionToken } from './session-token.js';

/** How long a browser session lives, in milliseconds: two weeks. */
const LIFETIME_MS = 14 * 24 * 60 * 60 * 1000;

export interface StartedSession {
  readonly id: string;
  /** The cookie's value; only its hash is stored. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Starts a browser session for a user who has just proven who they are, in the transaction of what proves it. */
export async function startBrowserSession(
  tx: Prisma.TransactionClient,
  scope: RequestScope,
  user: { userId: string; email: string },
  userAgent: string | null,
): Promise<StartedSession> {
  const { token, tokenHash, familyHash } = createSessionToken();
  const id = uuidv7();
  const expiresAt = new Date(Date.now() + LIFETIME_MS);
  await tx.browserSession.create({
    data: {
      id,
      userId: user.userId,
      tokenHash,
      familyHash,
      userAgent: userAgent?.slice(0, 300) ?? null,
      expiresAt,
    },
  });
  const actor = { kind: 'user', id: user.userId, label: user.email, browserSessionId: id } as const;
  await audit(
    tx,
    { ...scope, actor },
    { action: 'auth.signIn', targetKind: 'browser_session', targetId: id },
  );
  return { id, token, expiresAt };
}
