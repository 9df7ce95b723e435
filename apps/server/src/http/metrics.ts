import { timingSafeEqual } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Measures every request by route, method and status. */
  readonly measure: RequestHandler;
  readonly routes: Router;
  readonly registry: Registry;
}

/** Prometheus metrics, for loopback or with the token. Behind a proxy everything seems to come from loopback: set a token there. */
export function createMetrics(token: string | null): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'gangway_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const routes = Router();
  routes.get('/metrics', async (request, response) => {
    const isLocal = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.socket.remoteAddress ?? '');
    const isGranted = token === null ? isLocal && request.get('x-forwarded-for') === undefined : isBearer(request.get('authorization'), token);
    if (!isGranted) return void response.status(404).end();
    response.type(registry.contentType).send(await registry.metrics());
  });
  return {
    registry,
    routes,
    measure(request, response, next) {
      const done = duration.startTimer();
      response.once('finish', () => done({ route: routeOf(request.originalUrl), method: request.method, status: String(response.statusCode) }));
      next();
    },
  };
}

/** The kind of address, never an id or a name: labels have to stay few. */
function routeOf(url: string): string {
  const path = url.split('?', 1)[0] ?? '/';
  if (/^\/trpc\/[A-Za-z.]{1,60}$/.test(path)) return path;
  if (path.startsWith('/trpc/')) return '/trpc/batch';
  if (path.startsWith('/api/')) return path.replace(/\/[0-9a-f-]{36}/g, '/:id').split('/').slice(0, 6).join('/');
  return path.startsWith('/sandbox/') ? '/sandbox' : path.startsWith('/assets/') ? '/assets' : '/';
}

function isBearer(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
