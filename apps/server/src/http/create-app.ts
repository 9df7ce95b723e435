import { MAIL_STYLE_HASHES } from '@gangway/domain/mail-templates/mail-style-hashes';
import { toAppError } from '@gangway/domain/to-app-error';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import type { Config } from '../config/load-config.js';
import type { Logger } from '../log.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { readForwardedFor } from './forwarded-for.js';
import { createKnownHosts, refuseUnknownHosts } from './known-hosts.js';
import type { Metrics } from './metrics.js';
import type { OpenResponses } from './open-responses.js';
import { privateByDefault } from './private-by-default.js';
import { refuse } from './refuse.js';
import { assignRequestId, requestIdOf } from './request-id.js';
import { createRequestLog } from './request-log.js';
import { noteRuns } from './request-runs.js';
import { securityHeaders } from './security-headers.js';
import { createTrpcGuard } from './trpc-guard.js';

export interface AppParts {
  readonly config: Pick<Config, 'appUrl' | 'host' | 'allowedHosts' | 'trustProxy' | 'demo'>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly openResponses: OpenResponses;
  /** Absent: nothing is traced. */
  readonly telemetry?: Telemetry | null;
  readonly health: Router;
  /** Every procedure; what has to stand in front of it is put there here. */
  readonly trpc: RequestHandler;
  /** What else the product serves, in order. A path under `/api` that none of them answers is 404 as problem+json. */
  readonly routes: readonly Router[];
  /** Null in a process that only works. */
  readonly webApp: Router | null;
}

/** Everything that is answered over HTTP, in the order it is looked at. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', parts.config.trustProxy);
  const isKnownHost = createKnownHosts(parts.config);
  app.use(
    readForwardedFor,
    assignRequestId,
    privateByDefault,
    parts.openResponses.track,
    parts.metrics.measure,
    // Probes name the address of a container or pod, and learn nothing that is private.
    parts.health,
    parts.metrics.routesFor(isKnownHost),
  );
  if (parts.telemetry) app.use(parts.telemetry.traceRequest, noteRuns);
  app.use(createRequestLog(parts.log, parts.telemetry?.traceIdOf), refuseUnknownHosts(isKnownHost));
  const isHttps = parts.config.appUrl?.startsWith('https:') ?? false;
  // The demo's mailbox shows mails as mail programs do.
  app.use(securityHeaders(isHttps, parts.config.demo ? MAIL_STYLE_HASHES : []));
  app.use('/trpc', createTrpcGuard(parts.config.appUrl), parts.trpc);
  for (const router of parts.routes) app.use(router);
  app.use(['/api', '/.well-known', '/sandbox'], refuseUnknown);
  if (parts.webApp) app.use(parts.webApp);
  app.use(refuseUnknown);
  app.use(refuseUnexpected(parts.log));
  return app;
}

const refuseUnknown: RequestHandler = (request, response) =>
  refuse(request, response, 404, 'request.not_found');

/** The last resort: no stack and no message of ours leaves the server. */
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
    log.error({ err: error, requestId: requestIdOf(request) }, 'A request failed unexpectedly');
    refuse(request, response, 500, 'internal.error');
  };
}
