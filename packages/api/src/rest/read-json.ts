import express, { type Request, type RequestHandler } from 'express';

const BODY_LIMIT = '1mb';

export const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** What was read as JSON, by request: an empty body is undefined. */
const parse = express.json({ limit: BODY_LIMIT, strict: false, type: () => true });

/** Refused because of its content type: a 415, which names those that are `accepted`. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
  readonly type = 'charset.unsupported';
  constructor(readonly accepted = 'application/json') {
    super();
  }
}

/** Reads a JSON body of up to 1 MB; anything but `application/json` is refused before it is read. */
export const readJson: RequestHandler = (request, response, next) => {
  if (!hasBody(request)) return next();
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
    return next(new UnsupportedMediaType());
  parse(request, response, next);
};
