import type { Request, Response } from 'express';
import { simulateFaults } from './simulate-faults.js';
import { findDirectory } from './directories.js';
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
  const base = baseOf(ctx, request);
  const authority = `${base}/${directory.entraTenantId}`;
  const isElsewhere = directory.scenario.discovery === 'other_cloud';
  response.json({
    issuer: isElsewhere
      ? `https://login.microsoftonline.us/${directory.entraTenantId}/v2.0`
      : `${authority}/v2.0`,
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
  });
}
