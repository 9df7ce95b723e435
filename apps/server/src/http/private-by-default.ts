import type { RequestHandler } from 'express';

/**
 * No cache keeps an answer, whether it is data of a person or an error, unless what serves it says otherwise: assets,
 * public keys, and the documents that are the same for everybody.
 */
export const privateByDefault: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};
