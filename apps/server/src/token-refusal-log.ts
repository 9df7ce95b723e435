import type { RefusedToken } from '@gangway/domain/partner-auth/partner-tokens';
import type { Logger } from './log.js';

const PAUSE_MS = 60_000;

/**
 * Logs why tokens are refused: at most one line a minute for each issuer and check, which says how many there were since.
 * Never the token, nor what it claims.
 */
export function createTokenRefusalLog(
  log: Pick<Logger, 'warn'>,
  now: () => number = Date.now,
): (refused: RefusedToken) => void {
  const seen = new Map<string, { loggedAt: number; unlogged: number }>();
  return ({ issuer, check }) => {
    const key = JSON.stringify([issuer, check]);
    const last = seen.get(key);
    if (last && now() - last.loggedAt < PAUSE_MS) {
      last.unlogged += 1;
      return;
    }
    seen.set(key, { loggedAt: now(), unlogged: 0 });
    const since = last?.unlogged ?? 0;
    log.warn({ issuer, check, since }, 'A token was refused: see `gangway tokens explain`');
  };
}
