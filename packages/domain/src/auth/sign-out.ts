import type { UserScope } from '../access/scope.js';
import { revokeBrowserSession } from './revoke-browser-session.js';

/** Ends the session that asks. */
export async function signOut(scope: UserScope): Promise<Record<string, never>> {
  return revokeBrowserSession(scope, { sessionId: scope.actor.browserSessionId });
}
