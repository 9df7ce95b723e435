import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { AppContext } from '../app-context.js';
import { AppError } from '../errors.js';

/** So many calls in so many seconds for one key; docs/decisions/020 says why these, docs/limits.md lists them. */
export const LIMITS = {
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
  /** Invitations mailed by one person, from one workspace to one address, and to one address from wherever. */
  'invitation.user': { points: 150, seconds: 60 * 60 },
  'invitation.pair': { points: 10, seconds: 60 * 60 },
  'invitation.recipient': { points: 20, seconds: 60 * 60 },
} as const;

export type LimitName = keyof typeof LIMITS;
/** A limit, and whose calls are counted. */
export type Limit = readonly [name: LimitName, key: string];

type Scope = { readonly app: { readonly db: Pick<AppContext['db'], 'pool'> } };

/** A point that was taken, and when the window ends that it was taken in, in milliseconds since 1970. */
interface TakenPoint {
  readonly limit: Limit;
  readonly until: number;
}

/** How many attempts of this process are under way, by the row that counts them: their points may still be given back. */
const underWay = new Map<string, number>();

/**
 * Counts one call, in the database: the same for every process, and each call of a batch counts. The limits are asked in
 * their order; a call that one of them refuses is counted by none: nobody uses up with one address what is meant for all
 * of them, and who is refused waits no longer for having asked.
 * @throws AppError too_many with the seconds after which trying again makes sense
 */
export async function takePoints(scope: Scope, ...limits: readonly Limit[]): Promise<readonly TakenPoint[]> {
  const taken: TakenPoint[] = [];
  for (const limit of limits) {
    const mayComeBack = underWay.get(toRow(limit)) ?? 0;
    try {
      const { msBeforeNext } = await limiterOf(scope, limit[0]).consume(toRowKey(limit));
      taken.push({ limit, until: Date.now() + msBeforeNext });
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) {
        await givePointsBack(scope, taken);
        throw refused;
      }
      const retryAfter = retryAfterOf(limit, refused, mayComeBack);
      // It was counted before it was refused.
      await givePointsBack(scope, [...taken, { limit, until: Date.now() + refused.msBeforeNext }]);
      throw new AppError('too_many', 'auth.too_many_attempts', { retryAfter });
    }
  }
  return taken;
}

/**
 * Seconds. Where the limit is reached only with tries under way, as they were when it was asked, it is not once they have
 * ended. Tries under way in another process are taken for wrong ones.
 */
function retryAfterOf([name]: Limit, refused: RateLimiterRes, mayComeBack: number): number {
  if (refused.consumedPoints - mayComeBack < LIMITS[name].points) return 1;
  return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
}

async function whileUnderWay<T>(limits: readonly Limit[], work: () => Promise<T>): Promise<T> {
  const count = (limit: Limit, by: 1 | -1) => {
    const row = toRow(limit);
    const sum = (underWay.get(row) ?? 0) + by;
    if (sum > 0) underWay.set(row, sum);
    else underWay.delete(row);
  };
  for (const limit of limits) count(limit, 1);
  try {
    return await work();
  } finally {
    for (const limit of limits) count(limit, -1);
  }
}

/**
 * Makes an attempt that only so many may fail at. It counts before it is made, so that of any number that come together
 * no more are made than the limits leave; its points are given back unless `isWrong` says of what it gave, or threw, that
 * the credential was wrong. What was never compared, for want of a hash or of the database, tells a guesser nothing.
 * @throws AppError too_many, and whatever `attempt` throws
 */
export async function countWrong<T>(
  scope: Scope,
  limits: readonly Limit[],
  isWrong: (outcome: unknown) => boolean,
  attempt: () => Promise<T>,
): Promise<T> {
  return whileUnderWay(limits, async () => {
    const taken = await takePoints(scope, ...limits);
    let outcome: unknown;
    try {
      const done = await attempt();
      outcome = done;
      return done;
    } catch (error) {
      outcome = error;
      throw error;
    } finally {
      if (!isWrong(outcome)) await givePointsBack(scope, taken);
    }
  });
}

/**
 * Only in the window that they were taken in, so that none of the next is free. What was done stands where this fails:
 * the points are back when the window ends.
 */
async function givePointsBack({ app }: Scope, taken: readonly TakenPoint[]): Promise<void> {
  const give = ({ limit, until }: TakenPoint) =>
    app.db.pool.query({
      name: 'give_points_back',
      text: 'UPDATE rate_limits SET points = points - 1 WHERE key = $1 AND expire <= $2',
      // A second more than the limiter told, which rounds; the next window ends minutes later.
      values: [toRow(limit), until + 1_000],
    });
  await Promise.allSettled(taken.map(give));
}

/** Deletes the rows that count no more. */
export async function eraseExpiredLimits({ app }: Scope): Promise<void> {
  await app.db.pool.query('DELETE FROM rate_limits WHERE expire < $1', [Date.now()]);
}

function limiterOf({ app }: Scope, name: LimitName): RateLimiterPostgres {
  const { points, seconds } = LIMITS[name];
  return new RateLimiterPostgres({
    storeClient: app.db.pool,
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
const toRowKey = ([, key]: Limit): string => createHash('sha256').update(key).digest('base64url');
const toRow = (limit: Limit): string => `${limit[0]}:${toRowKey(limit)}`;
