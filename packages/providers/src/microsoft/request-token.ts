import type { Evidence } from '@gangway/contract/operations';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import type { ProviderTarget } from '../port.js';
import { classifyTokenError } from './classify-token-error.js';
import { signClientAssertion } from './client-assertion.js';
import { endpointsOf } from './clouds.js';
import type { ProviderConfig } from './config.js';
import { evidenceOfAnswer } from './evidence.js';
import { fetchJson } from './fetch-json.js';

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface Token {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
  readonly evidence: Evidence;
}

/**
 * An app-only token for Microsoft Graph by client credentials. That one is issued does not prove consent.
 * @throws ProviderError of any reason a token endpoint can have
 */
export async function requestToken(
  config: ProviderConfig,
  target: ProviderTarget,
  signal: AbortSignal,
): Promise<Token> {
  const { authority: base, graph } = endpointsOf(target.cloud, config);
  const url = `${base}/${target.entraTenantId}/oauth2/v2.0/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: target.clientId,
    scope: `${graph}/.default`,
    ...(await proof(config, target, url, signal)),
  });
  const answer = await fetchJson(config, { url, base, form }, signal);
  if (answer.status >= 400) throw classifyTokenError(answer, target.credential?.kind ?? null);
  const parsed = tokenAnswer.safeParse(answer.body);
  const evidence = evidenceOfAnswer(answer);
  if (!parsed.success) throw new ProviderError('provider.unexpected_response', evidence);
  const expiresAtMs = answer.at.getTime() + parsed.data.expires_in * 1_000;
  return { accessToken: parsed.data.access_token, expiresAtMs, evidence };
}

/** The form fields that prove who the client is. */
async function proof(
  config: ProviderConfig,
  { credential, clientId }: ProviderTarget,
  audience: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  if (credential === null) throw new ProviderError('credential.missing', null);
  switch (credential.kind) {
    case 'client_secret':
      return { client_secret: credential.clientSecret };
    case 'certificate': {
      const assertion = await signClientAssertion({ credential, clientId, audience, now: config.now() });
      return { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
    }
    case 'federated': {
      // Without an identity of its own this server can show nothing that would match.
      if (config.federatedAssertion === null) {
        throw new ProviderError('credential.federation_mismatch', null, null, {
          remedy:
            'Microsoft was not asked: this server has no identity of its own to show. Use a client secret or a certificate.',
        });
      }
      const assertion = await config.federatedAssertion(credential, signal);
      return { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
    }
  }
}
