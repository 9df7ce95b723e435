import bcrypt from 'bcrypt';
import { AppError } from '../errors.js';

/** bcrypt's cost: 2^10 rounds, the least that OWASP's password storage guide accepts. */
export const BCRYPT_COST = 10;

/**
 * Hashes and compares on libuv's thread pool, a few at a time, so that sign-ins never hold up the event loop or starve
 * file and DNS work of threads. Above the bound it refuses with 429 instead of queueing without end.
 */
export class PasswordHasher {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #decoy: Promise<string> | undefined;

  constructor(
    private readonly limits: { concurrency: number; queue: number; cost: number } = {
      concurrency: 2,
      queue: 64,
      cost: BCRYPT_COST,
    },
  ) {}

  hash(password: string): Promise<string> {
    return this.#inTurn(() => bcrypt.hash(password, this.limits.cost));
  }

  /** Compares. Without a stored hash it does the same work and answers false, so that an unknown e-mail takes as long. */
  async matches(password: string, hash: string | null): Promise<boolean> {
    this.#decoy ??= bcrypt.hash('nobody has this password', this.limits.cost);
    const stored = hash ?? (await this.#decoy);
    // What is longer than bcrypt looks at can never have been set as a password.
    const isTooLong = Buffer.byteLength(password) > 72;
    const isEqual = await this.#inTurn(() => bcrypt.compare(password, stored));
    return isEqual && hash !== null && !isTooLong;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.limits.concurrency) {
      if (this.#waiting.length >= this.limits.queue)
        throw new AppError('too_many', 'auth.too_many_attempts', { retryAfter: 5 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
