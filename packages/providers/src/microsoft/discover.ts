import { isUuid } from '@gangway/contract/text';
import type { DiscoveredTenant } from '../port.js';
import { ProviderError } from '../errors.js';
import { DISCOVERY_ORDER } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { discoverInCloud } from './discovery.js';

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
  for (const cloud of DISCOVERY_ORDER) {
    try {
      const found = await discoverInCloud(config, cloud, asked, signal);
      return { entraTenantId: found.entraTenantId, cloud: found.cloud, domain };
    } catch (error) {
      if (!isNotFound(error) || cloud === DISCOVERY_ORDER.at(-1)) throw error;
    }
  }
  throw new ProviderError('tenant.not_found', null);
}

function isNotFound(error: unknown): boolean {
  return error instanceof ProviderError && error.reasonCode === 'tenant.not_found';
}
