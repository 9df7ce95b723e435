import express, { Router, type ErrorRequestHandler, type RequestHandler } from 'express';
import { refuse } from './refuse.js';

const MAX_BATCH = 10;

/**
 * What is decided before tRPC sees a request: only JSON bodies of at most 1 MB, only from our own pages, at most ten
 * calls at once. tRPC itself would run mutations from cross-site form posts.
 */
export function createTrpcGuard(appUrl: string): Router {
  const router = Router();
  router.use(refuseMethods, refuseLargeBatches, refuseOtherSites(appUrl), requireJson, express.json({ limit: '1mb', strict: false }), refuseUnreadable);
  return router;
}

const refuseMethods: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'POST') return next();
  response.setHeader('allow', 'GET, POST');
  refuse(request, response, 405, 'request.method_not_allowed');
};

const refuseLargeBatches: RequestHandler = (request, response, next) => {
  const calls = request.path.split(',').length;
  if (calls > MAX_BATCH) return refuse(request, response, 400, 'request.too_large');
  next();
};

function refuseOtherSites(appUrl: string): RequestHandler {
  const own = new URL(appUrl).origin;
  return (request, response, next) => {
    if (request.method !== 'POST') return next();
    const origin = request.get('origin');
    const site = request.get('sec-fetch-site');
    // Clients that are no browsers send neither. The Host covers whoever opens the server under another of its names.
    const isOwn = origin === undefined || origin === own || origin === `${request.protocol}://${request.get('host') ?? ''}`;
    const isCrossSite = site !== undefined && site !== 'same-origin' && site !== 'none';
    if (!isOwn || isCrossSite) return refuse(request, response, 403, 'request.cross_site');
    next();
  };
}

const requireJson: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || request.is('application/json')) return next();
  refuse(request, response, 415, 'request.unsupported_media_type');
};

/** What body parsing failed with: too long, not JSON, in an unknown encoding, or cut off. */
export const refuseUnreadable: ErrorRequestHandler = (error: unknown, request, response, next) => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
  if (status === 413) return refuse(request, response, 413, 'request.too_large');
  if (status === 415) return refuse(request, response, 415, 'request.unsupported_media_type');
  if (typeof status === 'number' && status >= 400 && status < 500) return refuse(request, response, 400, 'request.unparsable');
  next(error);
};
