import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { House } from '../house.js';
import { AppError } from '../errors.js';

/** So many calls in so many seconds for one key; docs/decisions/020 says why these. */
const LIMITS = {
  /** Calls with a password or a mailed link that are not granted, from one address. */
  'credentials.address': { points: 300, seconds: 5 * 60 },
  /** Wrong passwords for one account from one address. */
  'password.pair': { points: 50, seconds: 15 * 60 },
  /** Wrong passwords for one account from wherever: more addresses do not buy more guesses. */
  'password.account': { points: 200, seconds: 60 * 60 },
  /** Wrong current passwords of one signed-in person. */
  'password.change': { points: 50, seconds: 15 * 60 },
  /** Wrong secrets of one OAuth client from one address. */
  'client.pair': { points: 50, seconds: 15 * 60 },
  /** Mails with a reset link for one account from one address, for one account, and from one address. */
  'reset.pair': { points: 5, seconds: 60 * 60 },
  'reset.account': { points: 30, seconds: 60 * 60 },
  'reset.address': { points: 100, seconds: 60 * 60 },
  /** Invitations mailed for one workspace. */
  'invitation.workspace': { points: 300, seconds: 60 * 60 },
} as const;

export type LimitName = keyof typeof LIMITS;
/** A limit, and whose calls are counted. */
export type Limit = readonly [name: LimitName, key: string];

type Scope = { readonly house: Pick<House, 'db'> };

/**
 * Counts one call, in the database: the same for every process, and each call of a batch counts. The limits are asked in
 * their order, and what one refuses the next ones do not count: so the narrow ones stand first, and nobody uses up with
 * one address what is meant for all of them.
 * @throws AppError too_many with the seconds after which trying again makes sense
 */
export async function takePoints(scope: Scope, ...limits: readonly Limit[]): Promise<void> {
  for (const [name, key] of limits) {
    try {
      await limiterOf(scope, name).consume(toRowKey(key));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new AppError('too_many', 'auth.too_many_attempts', { retryAfter });
    }
  }
}

/** Takes one call back, because it was granted: only what fails counts. */
export async function returnPoints(scope: Scope, ...limits: readonly Limit[]): Promise<void> {
  await Promise.all(limits.map(([name, key]) => limiterOf(scope, name).reward(toRowKey(key))));
}

/** Deletes the rows that count no more. */
export async function eraseExpiredLimits({ house }: Scope): Promise<void> {
  await house.db.pool.query('DELETE FROM rate_limits WHERE expire < $1', [Date.now()]);
}

function limiterOf({ house }: Scope, name: LimitName): RateLimiterPostgres {
  const { points, seconds } = LIMITS[name];
  return new RateLimiterPostgres({
    storeClient: house.db.pool,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
  });
}

// Addresses and e-mail addresses are nobody's business in this table.
const toRowKey = (key: string): string => createHash('sha256').update(key).digest('base64url');
