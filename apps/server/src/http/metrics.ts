import { timingSafeEqual, createHash } from 'node:crypto';
import { Router, type Request, type RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { refuse } from './refuse.js';

/** The numbers of this process; rooms add theirs to `registry`. */
export interface Metrics {
  readonly registry: Registry;
  /** Measures every request by method, route and status. */
  readonly measure: RequestHandler;
  /** Serves `/metrics` to this machine, if it asks by a known host name, and to others with the token. */
  readonly routesFor: (isKnownHost: (request: Request) => boolean) => Router;
}

export function createMetrics(token: string | null): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'gangway_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    routesFor(isKnownHost) {
      const routes = Router();
      routes.get('/metrics', async (request, response) => {
        const isLocal = isFromThisMachine(request) && isKnownHost(request);
        if (!isLocal && !isTokenGood(request.headers.authorization, token)) {
          refuse(request, response, 404, 'request.not_found');
          return;
        }
        response.type(registry.contentType).send(await registry.metrics());
      });
      return routes;
    },
    measure(request, response, next) {
      const end = durations.startTimer();
      const { path } = request;
      const method = /^(GET|POST|PUT|PATCH|DELETE)$/.test(request.method) ? request.method : 'other';
      response.once('close', () => {
        // Streams last as long as somebody watches; that is no duration of ours.
        if (isEventStream(response.getHeader('content-type'))) return;
        end({ method, route: routeOf(request, path), status: String(response.statusCode) });
      });
      next();
    },
  };
}

/**
 * The route that answered, as it is written in the code (`/api/provisioning/tenants/:id`), or the part of the server the
 * path leads to. Never the path itself: a stranger must not be able to fill our memory with labels.
 */
export function routeOf(request: Request, path: string): string {
  const route: unknown = request.route;
  if (typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string')
    return route.path;
  const area = /^\/(trpc|api|assets|sandbox)\b/.exec(path)?.[1];
  return area === undefined ? 'app' : `/${area}`;
}

export function isEventStream(contentType: unknown): boolean {
  return typeof contentType === 'string' && contentType.startsWith('text/event-stream');
}

// The socket, not `request.ip`: a header must not make a stranger local. A proxy on this machine is local, so what
// came through one needs the token.
function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  return /^(127\.|::1$|::ffff:127\.)/.test(address) && request.headers['x-forwarded-for'] === undefined;
}

function isTokenGood(header: string | undefined, token: string | null): boolean {
  if (token === null) return false;
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`));
}
