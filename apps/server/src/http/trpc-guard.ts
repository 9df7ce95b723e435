import { checkJsonLimits, jsonLimitsOf } from '@gangway/api/json-limits';
import { toAppError } from '@gangway/domain/to-app-error';
import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { isCrossSite } from './cross-site.js';
import { refuse } from './refuse.js';

const MAX_BATCH = 10;

/**
 * What is decided before tRPC sees a request: only JSON bodies of at most 1 MB, only from our own pages, at most ten
 * calls at once. tRPC itself would run mutations from cross-site form posts. `appUrl` is where browsers reach the app
 * when that is not the host that the request names.
 */
export function createTrpcGuard(appUrl: string | null): Router {
  const router = Router();
  router.use(refuseMethods, refuseUnreadablePaths, refuseLargeBatches, refuseOtherSites(appUrl), requireJson);
  router.use(
    express.json({
      limit: '1mb',
      type: () => true,
      verify: (request, _response, bytes) => checkJsonLimits(bytes, jsonLimitsOf(pathOf(request))),
    }),
  );
  router.use(refuseUnreadable);
  return router;
}

const refuseMethods: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'POST') return next();
  response.setHeader('allow', 'GET, POST');
  refuse(request, response, 405, 'request.method_not_allowed');
};

// tRPC decodes the path to find the procedure, and reports a malformed percent escape as an error of ours.
const refuseUnreadablePaths: RequestHandler = (request, response, next) => {
  try {
    decodeURIComponent(request.path);
  } catch {
    return refuse(request, response, 400, 'request.unparsable');
  }
  next();
};

const refuseLargeBatches: RequestHandler = (request, response, next) => {
  const calls = request.path.split(/,|%2c/i).length;
  if (calls > MAX_BATCH) return refuse(request, response, 400, 'request.too_large');
  next();
};

function refuseOtherSites(appUrl: string | null): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'POST' || !isCrossSite(request, appUrl)) return next();
    refuse(request, response, 403, 'request.cross_site');
  };
}

const requireJson: RequestHandler = (request, response, next) => {
  const contentType = request.headers['content-type'] ?? '';
  if (request.method !== 'POST' || /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType))
    return next();
  refuse(request, response, 415, 'request.unsupported_media_type');
};

/** The procedures that a request names. */
const pathOf = ({ url }: { url?: string | undefined }): string => (url ?? '').split('?', 1)[0] ?? '';

/** What body parsing failed with: too long, too much, not JSON, in an unknown encoding, or cut off. */
export const refuseUnreadable: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  const known = toAppError(error);
  if (known?.refusal === 'invalid') return refuse(request, response, 400, known.reasonCode);
  if (status === 413) return refuse(request, response, 413, 'request.too_large');
  if (status === 415) return refuse(request, response, 415, 'request.unsupported_media_type');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return refuse(request, response, 400, 'request.unparsable');
  }
  next(error);
};
