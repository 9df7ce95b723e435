import type { RequestHandler } from 'express';
import { uuidv7 } from 'uuidv7';

const ids = new WeakMap<object, string>();

/** Gives every request an id, taken over from a proxy if it looks like one, and tells it in the answer. */
export const assignRequestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const id = given !== undefined && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : uuidv7();
  ids.set(request, id);
  response.setHeader('x-request-id', id);
  next();
};

export const requestIdOf = (request: object): string => ids.get(request) ?? 'unknown';
