import type { Directory } from './directories.js';

/** Calls that a troubled directory refuses before it recovers. */
const TROUBLED_CALLS = 2;
/** A recovered directory is in trouble again after this long without a call, so that it can be shown again. */
const IDLE_MS = 30_000;
const REMEMBERED_TOKENS = 1_000;

/** Counts calls where a scenario depends on it. In memory: a restart begins every scenario anew. */
export class Faults {
  readonly #calls = new Map<string, number>();
  readonly #troubleOfTokens = new Map<string, number>();
  readonly #policiesRead = new Set<string>();
  readonly #spreading = new Map<string, { refusals: number; lastAt: number }>();

  constructor(private readonly now: () => Date) {}

  /** Whether this call of a flaky directory is a third one. */
  isThirdCall(directory: Directory): boolean {
    const calls = (this.#calls.get(directory.domain) ?? 0) + 1;
    this.#calls.set(directory.domain, calls);
    return calls % 3 === 0;
  }

  /** Whether Graph still refuses this token: its first calls, so that every run sees the same. */
  isTroubled(tokenId: string): boolean {
    const calls = (this.#troubleOfTokens.get(tokenId) ?? 0) + 1;
    this.#troubleOfTokens.set(tokenId, calls);
    const oldest = this.#troubleOfTokens.keys().next();
    if (this.#troubleOfTokens.size > REMEMBERED_TOKENS && !oldest.done)
      this.#troubleOfTokens.delete(oldest.value);
    return calls <= TROUBLED_CALLS;
  }

  /** The Conditional Access policies of this directory have been read. */
  rememberPolicies(directory: Directory): void {
    this.#policiesRead.add(directory.domain);
  }

  hasReadPolicies(directory: Directory): boolean {
    return this.#policiesRead.has(directory.domain);
  }

  /** Whether a fresh grant of this directory has not reached Graph yet. */
  isSpreading(directory: Directory): boolean {
    const now = this.now().getTime();
    const known = this.#spreading.get(directory.domain);
    const refusals = known && now - known.lastAt < IDLE_MS ? known.refusals : 0;
    this.#spreading.set(directory.domain, { refusals: refusals + 1, lastAt: now });
    return refusals < TROUBLED_CALLS;
  }
}
