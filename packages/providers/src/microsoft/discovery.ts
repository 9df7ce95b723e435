import type { Cloud } from '@gangway/contract/clouds';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import type { Answer } from './answer.js';
import { classifyTokenError } from './classify-token-error.js';
import { endpointsOf } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { evidenceOfAnswer } from './evidence.js';
import { fetchJson } from './fetch-json.js';
import { identifyCloud } from './identify-cloud.js';

const document = z.object({ issuer: z.url(), msgraph_host: z.string().max(300).nullish() });

/** The issuer of `/common` has a placeholder in this place, and names no tenant. */
const TENANT = /\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:\/|$)/;

export interface Discovery {
  readonly entraTenantId: string;
  /** The cloud the document names; null where this version does not know it. */
  readonly cloud: Cloud | null;
  readonly answer: Answer;
}

/**
 * The tenant's OpenID configuration at the authority of `cloud`; needs no credential. Some authorities answer for
 * tenants of other clouds too, and the document always describes the tenant's own.
 * @throws ProviderError `tenant.not_found`, `provider.*`, `network.*`
 */
export async function discoverInCloud(
  config: ProviderConfig,
  cloud: Cloud,
  domainOrId: string,
  signal: AbortSignal,
): Promise<Discovery> {
  return discoverAt(config, { cloud, base: endpointsOf(cloud, config).authority }, domainOrId, signal);
}

/** The same at the address of an authority. `cloud`: the one that is asked there. @throws ProviderError as above */
export async function discoverAt(
  config: ProviderConfig,
  { cloud, base }: { readonly cloud: Cloud; readonly base: string },
  domainOrId: string,
  signal: AbortSignal,
): Promise<Discovery> {
  const url = `${base}/${encodeURIComponent(domainOrId)}/v2.0/.well-known/openid-configuration`;
  const answer = await fetchJson(config, { url, base }, signal);
  if (answer.status >= 400) throw classifyTokenError(answer);
  const parsed = document.safeParse(answer.body);
  const issuer = parsed.success ? new URL(parsed.data.issuer) : null;
  const entraTenantId = issuer && TENANT.exec(issuer.pathname.toLowerCase())?.[1];
  if (!parsed.success || !issuer || !entraTenantId) {
    throw new ProviderError('provider.unexpected_response', evidenceOfAnswer(answer));
  }
  const graphHost = parsed.data.msgraph_host?.toLowerCase() ?? null;
  return { entraTenantId, cloud: identifyCloud(config, cloud, { issuer, graphHost }), answer };
}
