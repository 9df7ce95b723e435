import { isUuid } from '@gangway/contract/text';
import type { DiscoveredTenant } from '../port.js';
import { ProviderError } from '../errors.js';
import { askAuthorities } from './ask-authorities.js';
import type { ProviderConfig } from './config.js';
import { discoverInCloud } from './discovery.js';
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
    try {
      const { entraTenantId } = await discoverInCloud(config, 'sandbox', asked, signal);
      // Whatever cloud a sandbox directory claims to live in, it can only be reached in the sandbox.
      return { entraTenantId, cloud: 'sandbox', domain };
    } catch (error) {
      if (!isId || !isNotFound(error)) throw error;
    }
  }
  // Reserved by RFC 2606: no real tenant can own it, so there is nobody to ask.
  if (/(^|\.)example$/.test(asked)) throw new ProviderError('tenant.not_found', null);
  const choices = mergeOutcomes(await askAuthorities(config, asked, signal));
  return { ...choices[0], domain, ...(choices.length > 1 ? { choices } : {}) };
}

function isNotFound(error: unknown): boolean {
  return error instanceof ProviderError && error.reasonCode === 'tenant.not_found';
}
