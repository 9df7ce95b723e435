import { isUuid } from '@gangway/contract/text';
import type { DiscoveredTenant, TenantChoice } from '../port.js';
import { ProviderError } from '../errors.js';
import { askAuthorities } from './ask-authorities.js';
import type { ProviderConfig } from './config.js';
import { discoverInSandbox } from './discover-in-sandbox.js';
import { mergeOutcomes } from './merge-outcomes.js';

const SANDBOX_DOMAIN = /(^|\.)sandbox\.example$/;

/** @see MicrosoftProvider.discover */
export async function discover(
  config: ProviderConfig,
  domainOrId: string,
  signal: AbortSignal,
): Promise<DiscoveredTenant> {
  const asked = domainOrId.trim().toLowerCase();
  const isId = isUuid(asked);
  const domain = isId ? null : asked;
  if (config.sandboxOrigin !== null && (isId || SANDBOX_DOMAIN.test(asked))) {
    const choices = await discoverInSandbox(config, asked, signal);
    if (choices.length > 0) return toDiscovered(choices, domain);
  }
  // Reserved by RFC 2606: no real tenant can own it, so there is nobody to ask.
  if (/(^|\.)example$/.test(asked)) throw new ProviderError('tenant.not_found', null);
  return toDiscovered(mergeOutcomes(await askAuthorities(config, asked, signal)), domain);
}

function toDiscovered([first, ...others]: readonly TenantChoice[], domain: string | null): DiscoveredTenant {
  if (first === undefined) throw new ProviderError('tenant.not_found', null);
  return { ...first, domain, ...(others.length > 0 ? { choices: [first, ...others] } : {}) };
}
