import { notFound } from '@gangway/domain/errors';
import type { AppContext } from '@gangway/domain/app-context';
import { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import type { WatchRun } from '../context.js';
import { serveReference } from './api-reference.js';
import { serveBulk } from './bulk-tenants.js';
import { serveBulkTemplate } from './bulk-template.js';
import { countCall } from './count-call.js';
import { toOauthMetadata } from './oauth-metadata.js';
import { readForm, serveToken } from './oauth-token.js';
import { openApiDocument } from './openapi.js';
import { sendError, sendProblem } from './problem.js';
import { readJson } from './read-json.js';
import { ROUTES } from './routes.js';
import { serveFile } from './serve-file.js';
import { serveRoute } from './serve-route.js';
import { serveRunEvents } from './run-events.js';

export interface ProvisioningApiOptions {
  readonly app: AppContext;
  readonly watch: WatchRun;
  readonly requestIdOf: (request: Request) => string;
  /** The nonce of this answer's content policy. */
  readonly nonceOf: (response: Parameters<RequestHandler>[1]) => string;
  /** Where the reference page's script (Scalar's `standalone.js`) lies. */
  readonly referenceScriptPath: string;
  /** Where the typed client lies, as a package to install. */
  readonly clientArchivePath: string;
  /** Told about errors that nobody expected; the answer says nothing about them. */
  readonly onUnexpected: (error: unknown, path: string, requestId: string) => void;
}

/** The partner plane over HTTP, with its paths from the root: `/api/…` and `/.well-known/…`. */
export function createProvisioningApi(options: ProvisioningApiOptions): Router {
  const { app, watch, requestIdOf } = options;
  const router = Router();
  const paths = new Map<string, Partial<Record<string, RequestHandler[]>>>();
  const add = (path: string, method: string, ...handlers: RequestHandler[]) => {
    paths.set(path, { ...paths.get(path), [method]: handlers });
  };
  // Before the routes with an id: `bulk` is none.
  add('/api/provisioning/tenants/bulk', 'post', serveBulk(options));
  add('/api/provisioning/tenants/bulk/template.csv', 'get', serveBulkTemplate(app, requestIdOf));
  for (const route of ROUTES)
    add(
      `/api${toExpressPath(route.path)}`,
      route.method,
      readJson,
      serveRoute(app, watch, route, requestIdOf),
    );
  add('/api/provisioning/operation-runs/:id/events', 'get', serveRunEvents(app, watch, requestIdOf));
  add('/api/oauth/token', 'post', readForm, serveToken(app, requestIdOf));
  // Once: nearly 300 KB take milliseconds to write as JSON, and anybody may ask. All answers share these bytes.
  const openApiBytes = Buffer.from(JSON.stringify(openApiDocument));
  add('/api/openapi.json', 'get', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300');
    response.type('json').send(openApiBytes);
  });
  add('/.well-known/jwks.json', 'get', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300');
    response.json(app.partnerTokens.jwks);
  });
  add('/.well-known/oauth-authorization-server', 'get', (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300');
    response.json(toOauthMetadata(app.appUrl));
  });
  add('/api/gangway-client.tgz', 'get', serveFile(options.clientArchivePath, 'application/gzip', 0));
  serveReference(add, options.referenceScriptPath, options.nonceOf);

  router.use(['/api/provisioning', '/api/oauth/token'], countCall(app));
  for (const [path, methods] of paths) {
    const known = Object.keys(methods).map((method) => method.toUpperCase());
    const allowed = [...known, 'OPTIONS', ...(known.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
    router.all(path, (request, response, next) => {
      const handlers = methods[request.method === 'HEAD' ? 'get' : request.method.toLowerCase()];
      if (handlers) return next();
      response.setHeader('allow', allowed);
      if (request.method === 'OPTIONS') return void response.status(204).end();
      sendProblem(response, 405, 'request.method_not_allowed', requestIdOf(request));
    });
    for (const [method, handlers = []] of Object.entries(methods)) {
      router[method as 'get'](path, ...handlers);
    }
  }
  router.use(refuse(options));
  return router;
}

const toExpressPath = (path: string): string => path.replace(/\{(\w+)\}/, ':$1');

function refuse({ requestIdOf, onUnexpected }: ProvisioningApiOptions): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    // The client has left, and nobody reads an answer: what the call was waiting for ended with that.
    if (response.destroyed || response.closed) return;
    const requestId = requestIdOf(request);
    // An address that cannot be decoded names nothing.
    const known = error instanceof URIError ? notFound() : error;
    sendError(response, known, requestId, (unexpected) => onUnexpected(unexpected, request.path, requestId));
  };
}
