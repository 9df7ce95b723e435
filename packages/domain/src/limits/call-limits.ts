import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors.js';

/** Whose calls are counted together. */
export type CallerKind = 'address' | 'user' | 'partner';

/** Calls that one caller of each kind may make in a minute, in one process. */
export type CallsPerMinute = Readonly<Record<CallerKind, number>>;

/** How a caller stands after a call was counted. */
export interface Quota {
  readonly caller: CallerKind;
  /** Calls in a window, and how many of them are left. */
  readonly limit: number;
  readonly remaining: number;
  /** Length of the window, and when this one ends. */
  readonly windowSeconds: number;
  readonly resetSeconds: number;
  /** Whether this very call was one too many. */
  readonly isExceeded: boolean;
}

export const CALLS_PER_MINUTE: CallsPerMinute = { address: 120_000, user: 60_000, partner: 60_000 };
const WINDOW_SECONDS = 60;

/**
 * Counts every call, whichever way it came and whether it succeeds, in the memory of this process: a count in the database
 * would cost each call a statement. With several processes a caller has this quota in each (docs/decisions/033).
 */
export class CallLimits {
  readonly #limiters: Readonly<Record<CallerKind, RateLimiterMemory>>;
  readonly #perMinute: CallsPerMinute;

  constructor(perMinute: CallsPerMinute = CALLS_PER_MINUTE) {
    const limiterOf = (caller: CallerKind) =>
      new RateLimiterMemory({ keyPrefix: caller, points: perMinute[caller], duration: WINDOW_SECONDS });
    this.#perMinute = perMinute;
    this.#limiters = {
      address: limiterOf('address'),
      user: limiterOf('user'),
      partner: limiterOf('partner'),
    };
  }

  /**
   * Counts one call of a caller. `report` learns how the caller stands, also when the call is rejected.
   * @throws AppError too_many `request.rate_limited`, with the seconds until the window ends
   */
  async count(caller: CallerKind, key: string, report?: (quota: Quota) => void): Promise<void> {
    const toQuota = ({ remainingPoints, msBeforeNext }: RateLimiterRes, isExceeded: boolean): Quota => ({
      caller,
      limit: this.#perMinute[caller],
      remaining: Math.max(0, remainingPoints),
      windowSeconds: WINDOW_SECONDS,
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
      isExceeded,
    });
    try {
      report?.(toQuota(await this.#limiters[caller].consume(key), false));
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      const quota = toQuota(rejected, true);
      report?.(quota);
      throw new AppError('too_many', 'request.rate_limited', { retryAfter: quota.resetSeconds });
    }
  }
}
