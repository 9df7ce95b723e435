import type { Cloud } from '@gangway/contract/clouds';
import { anySignal } from 'any-signal';
import { ProviderError } from '../errors.js';
import { authoritiesOf } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { discoverInCloud, type Discovery } from './discovery.js';

/** What one authority said. `silent`: it was given up, because others had answered long before. */
export type Outcome =
  | { readonly asked: Cloud; readonly kind: 'found'; readonly found: Discovery }
  | { readonly asked: Cloud; readonly kind: 'failed'; readonly error: ProviderError }
  | { readonly asked: Cloud; readonly kind: 'silent' };

/** How long the other authorities have once one knows the tenant, or the first, which knows most, does not. */
const GRACE_MS = 3_000;

/**
 * Asks every authority at once about a domain or tenant id. An authority that cannot be reached, as from behind many a
 * firewall, holds nobody up for longer than {@link GRACE_MS}.
 * @throws only the signal's own reason, when it is aborted
 */
export async function askAuthorities(
  config: ProviderConfig,
  domainOrId: string,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const late = new AbortController();
  const ended = anySignal([signal, late.signal]);
  let timer: NodeJS.Timeout | null = null;
  const [first, ...others] = authoritiesOf(config).map(async (asked): Promise<Outcome> => {
    const outcome = await ask(config, asked, domainOrId, ended);
    if (outcome.kind === 'found') giveTheRestTime();
    return outcome;
  });
  void first?.then(giveTheRestTime);

  function giveTheRestTime() {
    timer ??= setTimeout(() => late.abort(), GRACE_MS);
  }

  try {
    const outcomes = await Promise.all(first ? [first, ...others] : []);
    signal.throwIfAborted();
    return outcomes;
  } finally {
    if (timer !== null) clearTimeout(timer);
    ended.clear();
  }
}

async function ask(
  config: ProviderConfig,
  asked: Cloud,
  domainOrId: string,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return { asked, kind: 'found', found: await discoverInCloud(config, asked, domainOrId, signal) };
  } catch (error) {
    if (error instanceof ProviderError) return { asked, kind: 'failed', error };
    if (signal.aborted) return { asked, kind: 'silent' };
    throw error;
  }
}
