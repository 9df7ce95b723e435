import { readSessionToken } from '@gangway/domain/auth/session-token';
import { acceptConsentReturn } from '@gangway/domain/consent/accept-consent-return';
import { toAppError } from '@gangway/domain/to-app-error';
import type { TestApi } from './test-api.js';
import type { Caller } from './test-caller.js';

export const stateOf = (url: unknown): string => new URL(String(url)).searchParams.get('state') ?? '';
export const tokenOf = (link: unknown): string => String(link).split('/handoff/')[1] ?? '';

/** Comes back from Microsoft with this state, in the browser of the caller. Gives where it leads, or the refusal. */
export async function returnTo(
  api: TestApi,
  caller: Caller | null,
  query: Record<string, string>,
): Promise<unknown> {
  const value = caller?.cookie.split('=')[1];
  const credential = value === undefined ? null : readSessionToken(value);
  const scope = { app: api.app, requestId: 'return' };
  try {
    return await acceptConsentReturn(scope, credential, { admin_consent: 'True', ...query });
  } catch (error) {
    return toAppError(error)?.refusal ?? error;
  }
}
