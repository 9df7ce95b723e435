import { readSnapshot } from '../bootstrap/read-snapshot.js';
import { runCheck } from '../checks/run-check.js';
import type { MicrosoftProvider, ProviderTarget } from '../port.js';
import { type ProviderConfig, toProviderConfig } from './config.js';
import { consentUrl } from './consent-url.js';
import { discover } from './discover.js';
import type { GraphSession } from './graph-session.js';
import { readConsentReturn } from './read-consent-return.js';
import { TokenCache } from './token-cache.js';

/** The provider over real HTTP. Tokens are kept in this instance's memory and nowhere else. */
export function createMicrosoftProvider(settings: Partial<ProviderConfig>): MicrosoftProvider {
  const config = toProviderConfig(settings);
  const tokens = new TokenCache(config);
  const session = (
    target: ProviderTarget,
    priority: GraphSession['priority'],
    signal: AbortSignal,
    attempt: number,
  ): GraphSession => ({
    config,
    tokens,
    target,
    priority,
    signal,
    attempt,
  });
  return {
    discover: (domainOrId, signal) => discover(config, domainOrId, signal),
    check: (key, target, earlier, signal, attempt = 1) =>
      runCheck(key, { session: session(target, 'high', signal, attempt), earlier }),
    read: (type, target, signal, onProgress, attempt = 1) =>
      readSnapshot(type, session(target, 'low', signal, attempt), onProgress ?? (() => undefined)),
    consentUrl: (request) => consentUrl(config, request),
    readConsentReturn: (query) => readConsentReturn(query, config.now()),
  };
}
