import type { Request, Response } from 'express';
import { simulateFaults } from './simulate-faults.js';
import { DIRECTORIES, type Directory, findDirectory, idIn } from './directories.js';
import { baseOf, type SandboxContext } from './sandbox-context.js';
import { sendTokenError } from './send-token-error.js';

/** `GET /{tenant}/v2.0/.well-known/openid-configuration` */
export async function answerDiscovery(
  ctx: SandboxContext,
  request: Request<{ tenant: string }>,
  response: Response,
): Promise<void> {
  const directory = findDirectory(request.params.tenant);
  if (directory === null || directory.scenario.discovery === 'unknown') {
    return sendTokenError(ctx, request, response, { error: 'invalid_tenant', aadsts: 90002 });
  }
  if (await simulateFaults(ctx, directory, response)) return;
  const isElsewhere = directory.scenario.discovery === 'other_cloud';
  response.json(toDocument(baseOf(ctx, request), directory.entraTenantId, isElsewhere));
}

/**
 * The same below `/us-government`, the emulator's second authority: it knows the tenant that one domain has in the US
 * government cloud beside its directory here. Only discovery is emulated there.
 */
export function answerOtherDiscovery(
  ctx: SandboxContext,
  request: Request<{ tenant: string }>,
  response: Response,
): void {
  const asked = request.params.tenant.toLowerCase();
  const directory = DIRECTORIES.filter(({ scenario }) => scenario.isInTwoClouds).find(
    (found) => asked === found.domain || asked === twinIdOf(found),
  );
  if (directory === undefined)
    return sendTokenError(ctx, request, response, { error: 'invalid_tenant', aadsts: 90002 });
  response.json(toDocument(baseOf(ctx, request), twinIdOf(directory), true));
}

const twinIdOf = (directory: Directory): string => idIn(directory, 'the tenant in the other cloud');

function toDocument(base: string, entraTenantId: string, isElsewhere: boolean): object {
  const authority = `${base}/${entraTenantId}`;
  return {
    issuer: isElsewhere ? `https://login.microsoftonline.us/${entraTenantId}/v2.0` : `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    tenant_region_scope: isElsewhere ? 'USGov' : 'EU',
    tenant_region_sub_scope: isElsewhere ? 'DODCON' : null,
    cloud_instance_name: isElsewhere ? 'microsoftonline.us' : 'sandbox',
    msgraph_host: isElsewhere ? 'graph.microsoft.us' : new URL(base).host,
  };
}
