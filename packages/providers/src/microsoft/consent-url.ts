import type { ConsentRequest } from '../port.js';
import { endpointsOf } from './clouds.js';
import type { ProviderConfig } from './config.js';

/** @see MicrosoftProvider.consentUrl */
export function consentUrl(config: ProviderConfig, request: ConsentRequest): string {
  const { authority, graph } = endpointsOf(request.cloud, config);
  // The server calls the emulator on loopback; a browser may sit elsewhere.
  const pages = request.cloud === 'sandbox' ? (config.sandboxPages ?? authority) : authority;
  const url = new URL(`${pages}/${encodeURIComponent(request.entraTenantId)}/v2.0/adminconsent`);
  url.searchParams.set('client_id', request.clientId);
  url.searchParams.set('scope', `${graph}/.default`);
  url.searchParams.set('redirect_uri', request.redirectUri);
  url.searchParams.set('state', request.state);
  return url.href;
}
