import express, { type Request, type RequestHandler } from 'express';
import { checkJsonLimits, jsonLimitsOf } from '../json-limits.js';

const BODY_LIMIT = '1mb';
const limits = jsonLimitsOf('');

export const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** What was read as JSON, by request: an empty body is undefined. */
const parse = express.json({
  limit: BODY_LIMIT,
  strict: false,
  type: () => true,
  verify: (_request, _response, bytes) => checkJsonLimits(bytes, limits),
});
/** Reads a body without a single byte. */
const readNothing = express.raw({ limit: 0, type: () => true });

/** Refused because of its content type: a 415, which names those that are `accepted`. */
export class UnsupportedMediaType extends Error {
  override readonly name = 'UnsupportedMediaType';
  readonly type = 'charset.unsupported';
  constructor(readonly accepted = 'application/json') {
    super();
  }
}

/** Whether a content type names UTF-8 or nothing else: JSON is in UTF-8 (RFC 8259, 8.1). */
export const isUtf8 = (contentType: string): boolean =>
  !/;\s*charset=(?!"?utf-?8"?\s*(?:;|$))/i.test(contentType);

/** Reads a JSON body of up to 1 MB; anything but `application/json` is refused before it is read. */
export const readJson: RequestHandler = (request, response, next) => {
  if (!hasBody(request)) return next();
  const contentType = request.headers['content-type'];
  // Some clients send an empty body with chunked encoding and no content type.
  if (contentType === undefined)
    return readNothing(request, response, (error: unknown) => {
      request.body = undefined;
      next(error === undefined ? undefined : new UnsupportedMediaType());
    });
  if (!/^application\/json\s*(;|$)/i.test(contentType) || !isUtf8(contentType))
    return next(new UnsupportedMediaType());
  parse(request, response, next);
};
