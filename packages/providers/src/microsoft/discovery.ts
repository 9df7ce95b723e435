import type { Cloud } from '@gangway/contract/clouds';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import type { Answer } from './answer.js';
import { classifyTokenError } from './classify-token-error.js';
import { endpointsOf } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { evidenceOfAnswer } from './evidence.js';
import { fetchJson } from './fetch-json.js';

const document = z.object({
  issuer: z.url(),
  cloud_instance_name: z.string().optional(),
  msgraph_host: z.string().optional(),
  tenant_region_sub_scope: z.string().nullish(),
});

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

export interface Discovery {
  readonly entraTenantId: string;
  /** The cloud the document names; where it names none, the one that was asked. */
  readonly cloud: Cloud;
  readonly answer: Answer;
}

/**
 * The tenant's OpenID configuration at the authority of `cloud`; needs no credential.
 * @throws ProviderError `tenant.not_found`, `provider.*`, `network.*`
 */
export async function discoverInCloud(
  config: ProviderConfig,
  cloud: Cloud,
  domainOrId: string,
  signal: AbortSignal,
): Promise<Discovery> {
  const base = endpointsOf(cloud, config).authority;
  const url = `${base}/${encodeURIComponent(domainOrId)}/v2.0/.well-known/openid-configuration`;
  const answer = await fetchJson(config, { url, base }, signal);
  if (answer.status >= 400) throw classifyTokenError(answer);
  const parsed = document.safeParse(answer.body);
  const entraTenantId = parsed.success
    ? GUID.exec(new URL(parsed.data.issuer).pathname.toLowerCase())?.[0]
    : undefined;
  if (!parsed.success || entraTenantId === undefined) {
    throw new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  }
  return { entraTenantId, cloud: cloudOf(parsed.data, cloud), answer };
}

/** Any authority answers for tenants of the others; these three fields tell where the tenant really lives. */
function cloudOf(found: z.infer<typeof document>, asked: Cloud): Cloud {
  const host = found.msgraph_host ?? '';
  if (found.tenant_region_sub_scope === 'DOD' || host === 'dod-graph.microsoft.us') return 'dod';
  switch (found.cloud_instance_name) {
    case 'microsoftonline.com':
      return 'global';
    case 'microsoftonline.us':
      return 'usgov';
    case 'partner.microsoftonline.cn':
      return 'china';
    default:
      return asked;
  }
}
