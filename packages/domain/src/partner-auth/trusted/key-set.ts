import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

const LIFETIME_MS = 10 * 60_000;
/** A key that is not in the set may be new: it is looked for again, but not more often than this. */
const UNKNOWN_KEY_PAUSE_MS = 30_000;
/** After a fetch that failed. */
const FAILURE_PAUSE_MS = 10_000;

const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(50) });

/** The keys of a trusted issuer, fetched when they are old, or when a token is signed by one that is not among them. */
export class KeySet {
  readonly #url: string;
  readonly #now: () => number;
  #keys: JSONWebKeySet | null = null;
  #fetchedAt = -Infinity;
  #triedAt = -Infinity;
  #failure: Error | null = null;
  #pending: Promise<JSONWebKeySet> | null = null;

  constructor(url: string, now: () => number = Date.now) {
    this.#url = url;
    this.#now = now;
  }

  /** @throws where the keys are needed and cannot be had */
  load(kid: string | undefined): Promise<JSONWebKeySet> {
    if (this.#pending) return this.#pending;
    const now = this.#now();
    const isFresh = this.#keys !== null && now - this.#fetchedAt < LIFETIME_MS;
    const isKnown = kid === undefined || (this.#keys?.keys.some((key) => key.kid === kid) ?? false);
    if (this.#keys && isFresh && (isKnown || now - this.#triedAt < UNKNOWN_KEY_PAUSE_MS))
      return Promise.resolve(this.#keys);
    if (this.#failure && now - this.#triedAt < FAILURE_PAUSE_MS) return Promise.reject(this.#failure);
    this.#triedAt = now;
    this.#pending = this.#fetch(now).finally(() => (this.#pending = null));
    return this.#pending;
  }

  async #fetch(now: number): Promise<JSONWebKeySet> {
    try {
      const response = await fetch(this.#url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
      if (!response.ok) throw new Error(`The key set answered ${response.status}`);
      const keys = jwks.parse(await response.json());
      this.#keys = keys;
      this.#fetchedAt = now;
      this.#failure = null;
      return keys;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error('The key set cannot be read');
      throw this.#failure;
    }
  }
}
