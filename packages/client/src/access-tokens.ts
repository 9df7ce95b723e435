import type { PartnerRouter } from '@gangway/api/partner-router';
import { TRPCClientError } from '@trpc/client';
import { secondsOf, sendJson } from './send-json.js';

export interface ClientCredentials {
  /** The server, without a slash at the end. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly fetch: typeof fetch;
}

/** Where the bearer token of a request comes from. */
export interface TokenSource {
  get(): Promise<string>;
  /** Called when the server rejected what `get` gave; says whether another attempt may fare better. */
  reject(): boolean;
}

/** A token is renewed this long before it ends, so that it does not end on its way. */
const EARLY_MS = 30_000;

/** Gets access tokens by client credentials (RFC 6749, 4.4), keeps each until shortly before its end, and asks once for many calls. */
export function createAccessTokens(credentials: ClientCredentials): TokenSource {
  let current: Promise<{ token: string; renewAt: number }> | null = null;
  const renew = () => {
    const requested = requestToken(credentials);
    current = requested;
    // A failure is not kept: the next call asks again.
    requested.catch(() => {
      if (current === requested) current = null;
    });
    return requested;
  };
  return {
    async get() {
      const known = await (current ?? renew());
      return Date.now() < known.renewAt ? known.token : (await renew()).token;
    },
    reject() {
      const hadToken = current !== null;
      current = null;
      return hadToken;
    },
  };
}

async function requestToken(credentials: ClientCredentials): Promise<{ token: string; renewAt: number }> {
  const { url, clientId, clientSecret } = credentials;
  const response = await sendJson(credentials.fetch, `${url}/api/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && isToken(body))
    return { token: body.access_token, renewAt: Date.now() + body.expires_in * 1_000 - EARLY_MS };
  throw toError(response, body);
}

interface Token {
  readonly access_token: string;
  readonly expires_in: number;
}
const isToken = (body: unknown): body is Token =>
  typeof body === 'object' &&
  body !== null &&
  'access_token' in body &&
  typeof body.access_token === 'string' &&
  'expires_in' in body &&
  typeof body.expires_in === 'number';

/** The token endpoint rejects as RFC 6749 says, or with problem details; here its errors get the shape of all others. */
function toError(response: Response, body: unknown): TRPCClientError<PartnerRouter> {
  const { status } = response;
  const fields = toRecord(body);
  const reasonCode =
    fields['reason_code'] ?? (status === 401 ? 'auth.invalid_credentials' : 'internal.error');
  const message = fields['error_description'] ?? fields['title'] ?? `The token endpoint returned ${status}`;
  const retryAfter = secondsOf(response.headers);
  const data = {
    ...{ code: status === 401 ? 'UNAUTHORIZED' : 'INTERNAL_SERVER_ERROR', httpStatus: status, reasonCode },
    ...{ requestId: fields['request_id'] ?? response.headers.get('x-request-id') ?? 'unknown' },
    ...(retryAfter === null ? {} : { retryAfter }),
  };
  return TRPCClientError.from({ error: { code: -32_001, message, data } });
}

const toRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
