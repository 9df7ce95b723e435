import { createTrpcMiddleware } from '@gangway/api/trpc-middleware';
import type { WatchRun } from '@gangway/api/context';
import type { House } from '@gangway/domain/house';
import { listMailbox } from '@gangway/domain/mail/list-mailbox';
import { toAppError } from '@gangway/domain/to-app-error';
import { createSandbox } from '@gangway/providers/microsoft-sandbox/create-sandbox';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config/read-config.js';
import type { Metrics } from './metrics.js';
import { refuse } from './refuse.js';
import { assignRequestId, requestIdOf } from './request-id.js';
import { securityHeaders } from './security-headers.js';
import { createTrpcGuard } from './trpc-guard.js';

export interface AppParts {
  readonly config: Config;
  readonly log: Logger;
  readonly house: House;
  readonly watch: WatchRun;
  readonly health: Router;
  readonly metrics: Metrics;
  /** Null in a process that only works. */
  readonly webApp: Router | null;
}

/** Everything that is answered over HTTP, in the order it is looked at. */
export function createApp({ config, log, house, watch, health, metrics, webApp }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.use(assignRequestId, metrics.measure, health, metrics.routes);
  app.use(pinoHttp({ logger: log, genReqId: requestIdOf, customLogLevel: toLevel, serializers: { req: toLoggedRequest, res: ({ statusCode }: { statusCode: number }) => ({ statusCode }) } }));
  app.use(securityHeaders(config.appUrl.startsWith('https:')));
  if (config.sandbox) app.use('/sandbox', createSandbox({ basePath: '/sandbox' }));
  if (webApp) {
    app.use('/trpc', createTrpcGuard(config.appUrl), createTrpcMiddleware({
      house,
      watch,
      requestIdOf,
      onUnexpected: (error, path, requestId) => log.error({ error: error.cause ?? error, path, requestId }, 'unexpected error'),
    }));
    if (config.demo) app.get('/api/demo/mailbox', async (_request, response) => void response.setHeader('cache-control', 'no-store').json(await listMailbox(house)));
    app.use('/api', (request, response) => refuse(request, response, 404, 'request.not_found'));
    app.use(webApp);
  }
  app.use((request, response) => refuse(request, response, 404, 'request.not_found'));
  app.use(refuseUnexpected(log));
  return app;
}

function refuseUnexpected(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = toAppError(error);
    if (known?.refusal === 'unavailable') {
      response.setHeader('retry-after', String(known.detail.retryAfter ?? 2));
      return refuse(request, response, 503, known.reasonCode);
    }
    // Malformed percent escapes and the like: the address cannot be read.
    if (error instanceof URIError) return refuse(request, response, 400, 'request.unparsable');
    log.error({ error, requestId: requestIdOf(request) }, 'unexpected error');
    refuse(request, response, 500, 'internal.error');
  };
}

/** Method and path; a query may carry what somebody typed. */
function toLoggedRequest(request: { id: unknown; method: string; url: string }): Record<string, unknown> {
  return { id: request.id, method: request.method, path: request.url.split('?', 1)[0] };
}

function toLevel(_request: unknown, response: { statusCode: number }): 'error' | 'warn' | 'info' | 'debug' {
  if (response.statusCode >= 500) return 'error';
  return response.statusCode >= 400 ? 'info' : 'debug';
}
