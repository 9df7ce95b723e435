import { createHash } from 'node:crypto';
import type { ProviderTarget } from '../port.js';
import type { ProviderConfig } from './config.js';
import { requestToken, type Token } from './request-token.js';

const CAPACITY = 500;
/** A token is not used in its last minutes, so that it does not end in the middle of a paged read. */
const MARGIN_MS = 300_000;

/** Access tokens, in memory only. A changed credential is a different key, so rotation never uses an old token. */
export class TokenCache {
  readonly #tokens = new Map<string, Token>();

  constructor(private readonly config: ProviderConfig) {}

  /** A token with some life left. @throws ProviderError as {@link requestToken} */
  async acquire(target: ProviderTarget, signal: AbortSignal): Promise<Token> {
    const cached = this.#tokens.get(keyOf(target));
    if (cached && cached.expiresAtMs - MARGIN_MS > this.config.now().getTime()) return cached;
    return this.renew(target, signal);
  }

  /** A new token, whatever is cached: consent and revocation only show in those. */
  async renew(target: ProviderTarget, signal: AbortSignal): Promise<Token> {
    const key = keyOf(target);
    this.#tokens.delete(key);
    const token = await requestToken(this.config, target, signal);
    this.#tokens.set(key, token);
    const oldest = this.#tokens.keys().next();
    if (this.#tokens.size > CAPACITY && !oldest.done) this.#tokens.delete(oldest.value);
    return token;
  }

  forget(target: ProviderTarget): void {
    this.#tokens.delete(keyOf(target));
  }
}

function keyOf({ cloud, entraTenantId, clientId, credential }: ProviderTarget): string {
  return createHash('sha256')
    .update(JSON.stringify([cloud, entraTenantId, clientId, credential]))
    .digest('base64url');
}
