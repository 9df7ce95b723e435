import type { AppContext } from '@gangway/domain/app-context';
import { issueToken } from '@gangway/domain/partner-auth/issue-token';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { setQuotaHeaders } from './count-call.js';

const form = z.record(z.string(), z.string());
export const readForm: RequestHandler = express.urlencoded({
  extended: false,
  limit: '16kb',
  type: 'application/x-www-form-urlencoded',
});

/** The token endpoint (RFC 6749, 3.2): client credentials by form body or HTTP Basic, never both, never in the address. */
export function serveToken(app: AppContext, requestIdOf: (request: Request) => string): RequestHandler {
  return async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    const parsed = form.safeParse(request.body);
    if (!parsed.success) return refuse(response, 400, 'invalid_request', 'Send a form, each field once');
    const fields = parsed.data;
    if (fields['grant_type'] === undefined)
      return refuse(response, 400, 'invalid_request', 'grant_type is missing');
    if (fields['grant_type'] !== 'client_credentials')
      return refuse(response, 400, 'unsupported_grant_type', 'grant_type must be client_credentials');
    const client = clientOf(request, fields);
    if (client === 'twice')
      return refuse(
        response,
        400,
        'invalid_request',
        'Send the secret as HTTP Basic or in the form, not both',
      );
    if (client === null)
      return refuse(response, 401, 'invalid_client', 'client_id and client_secret are missing or malformed');
    const scope = { app, requestId: requestIdOf(request), clientAddress: request.ip ?? '' };
    const token = await issueToken(scope, client, fields['scope'] ?? null);
    if (token === 'invalid_client')
      return refuse(response, 401, token, 'The client is unknown, or its secret is wrong');
    if (token === 'invalid_scope')
      return refuse(response, 400, token, 'scope names what the client does not hold');
    setQuotaHeaders(response);
    response.setHeader('pragma', 'no-cache');
    response.json(token);
  };
}

function clientOf(
  request: Request,
  fields: Record<string, string>,
): { id: string; secret: string } | 'twice' | null {
  const [, basic] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  const { client_id: id, client_secret: secret } = fields;
  if (basic !== undefined) {
    if (secret !== undefined) return 'twice';
    return fromBasic(Buffer.from(basic, 'base64').toString('utf8'));
  }
  return id !== undefined && secret !== undefined ? cleaned(id, secret) : null;
}

/** Both halves are form-encoded before they are joined (RFC 6749, 2.3.1). */
function fromBasic(text: string): { id: string; secret: string } | null {
  const at = text.indexOf(':');
  if (at < 1) return null;
  try {
    const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
    return cleaned(decode(text.slice(0, at)), decode(text.slice(at + 1)));
  } catch {
    return null;
  }
}

// PostgreSQL cannot look for NUL, and no client has it in its name.
const cleaned = (id: string, secret: string) =>
  /\0|\p{Cs}/u.test(id) || id.length > 200 || secret.length > 1024 ? null : { id, secret };

function refuse(response: Response, status: 400 | 401, error: string, description: string): void {
  if (status === 401) response.setHeader('www-authenticate', 'Basic realm="gangway"');
  response.status(status).json({ error, error_description: description });
}
