import type { Session } from '@gangway/contract/onboarding';
import type { WorkspaceScope } from '../access/scope.js';
import { audit } from '../audit/audit.js';
import { AppError } from '../errors.js';
import { getSession } from './get-session.js';
import { touchSession, writeInSession } from './write-in-session.js';

/**
 * Ends the session without a result; the tenant stays known and can be identified again. Abandoning twice is harmless.
 * @throws AppError conflict `session.closed` after completion
 */
export async function abandonSession(
  scope: WorkspaceScope,
  input: { onboardingSessionId: string },
): Promise<Session> {
  await writeInSession(scope, input.onboardingSessionId, async (tx, session) => {
    if (session.status === 'abandoned') return;
    if (session.status === 'completed') throw new AppError('conflict', 'session.closed');
    await touchSession(tx, scope, session.id, { status: 'abandoned' });
    await audit(tx, scope, {
      action: 'onboarding.abandon',
      targetKind: 'onboarding_session',
      targetId: session.id,
    });
  });
  return getSession(scope, input);
}
