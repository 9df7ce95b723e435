import type { Request, RequestHandler } from 'express';
import { uuidv7 } from 'uuidv7';

const ids = new WeakMap<object, string>();
const clientIds = new WeakMap<object, string>();

/**
 * Gives every request an id and returns it in the answer. Only a proxy that TRUST_PROXY names may choose it: audit and
 * logs are searched by it, so a client must not be able to give two requests one id. What a client sends is kept beside it.
 */
export const assignRequestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const isPlain = given !== undefined && /^[A-Za-z0-9._-]{8,64}$/.test(given);
  const isTrusted = isPlain && isFromTrustedProxy(request);
  const id = isTrusted ? given : uuidv7();
  if (isPlain && !isTrusted) clientIds.set(request, given);
  ids.set(request, id);
  response.setHeader('x-request-id', id);
  next();
};

export const requestIdOf = (request: object): string => ids.get(request) ?? 'unknown';

/** The `X-Request-Id` that the client sent, where it is not the request's own id; for logs. */
export const clientRequestIdOf = (request: object): string | undefined => clientIds.get(request);

/** Whether the peer is a proxy that TRUST_PROXY names. */
export function isFromTrustedProxy(request: Request): boolean {
  // Express compiles the setting "trust proxy" to this.
  const isTrusted = request.app.get('trust proxy fn') as (
    address: string | undefined,
    hop: number,
  ) => boolean;
  return isTrusted(request.socket.remoteAddress, 0);
}
