import { ProviderError } from '../errors.js';
import type { TenantChoice } from '../port.js';
import type { ProviderConfig } from './config.js';
import { discoverAt, type Discovery } from './discovery.js';
import { endpointsOf } from './clouds.js';

/** Where the emulator plays the authority of another cloud, below its own address. */
const OTHER_AUTHORITY = '/us-government';

/**
 * The directories of the emulator with this domain or id; none where it knows none. One of them is also a tenant of
 * another cloud, which the emulator's second authority tells of.
 * @throws ProviderError as {@link discoverAt}, but for `tenant.not_found`
 */
export async function discoverInSandbox(
  config: ProviderConfig,
  domainOrId: string,
  signal: AbortSignal,
): Promise<TenantChoice[]> {
  const own = endpointsOf('sandbox', config).authority;
  const ask = async (base: string): Promise<Discovery | null> => {
    try {
      return await discoverAt(config, { cloud: 'sandbox', base }, domainOrId, signal);
    } catch (error) {
      if (error instanceof ProviderError && error.reasonCode === 'tenant.not_found') return null;
      throw error;
    }
  };
  const [here, elsewhere] = await Promise.all([ask(own), ask(`${own}${OTHER_AUTHORITY}`)]);
  return [
    // Whatever cloud a sandbox directory claims to live in, it can only be reached in the sandbox.
    ...(here ? [{ entraTenantId: here.entraTenantId, cloud: 'sandbox' } as const] : []),
    ...(elsewhere?.cloud ? [{ entraTenantId: elsewhere.entraTenantId, cloud: elsewhere.cloud }] : []),
  ];
}
