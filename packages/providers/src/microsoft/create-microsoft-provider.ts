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
  ): GraphSession => ({
    config,
    tokens,
    target,
    priority,
    signal,
  });
  return {
    discover: (domainOrId, signal) => discover(config, domainOrId, signal),
    check: (key, target, earlier, signal) =>
      runCheck(key, { session: session(target, 'high', signal), earlier }),
    read: (type, target, signal, onProgress) =>
      readSnapshot(type, session(target, 'low', signal), onProgress ?? (() => undefined)),
    consentUrl: (request) => consentUrl(config, request),
    readConsentReturn,
  };
}
