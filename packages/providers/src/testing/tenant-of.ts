import type { ProviderTarget } from '../port.js';
import type { CloudRequest, JsonAnswer } from './microsoft-lab.js';

/** A target in Microsoft's global cloud, with a secret. */
export function globalTarget(changes: Partial<ProviderTarget> = {}): ProviderTarget {
  return {
    entraTenantId: '2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901',
    cloud: 'global',
    clientId: '5f6e7d8c-9baa-4b9c-8d7e-6f5a4b3c2d1e',
    domain: null,
    credential: { kind: 'client_secret', clientSecret: 'Wv6~secret' },
    expiresAt: null,
    consentedAt: null,
    ...changes,
  };
}

/** A tenant that gives everybody a token, and answers Graph as told. */
export function tenantOf(graph: (path: string) => JsonAnswer): (request: CloudRequest) => JsonAnswer {
  const token = { token_type: 'Bearer', expires_in: 3_599, access_token: 'opaque' };
  return ({ host, path }) => (host === 'login' ? { body: token } : graph(path));
}
