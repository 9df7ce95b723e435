import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../log.js';
import { clientRequestIdOf, requestIdOf } from './request-id.js';
import { runsOf } from './request-runs.js';

/**
 * One line for every request: its id, method, path, status and time, the address of the client, and, if there are, the runs that it
 * started or signalled and its trace.
 */
export function createRequestLog(
  log: Logger,
  traceIdOf: (request: object) => string | undefined = () => undefined,
): RequestHandler {
  const handler = pinoHttp({
    logger: log,
    genReqId: (request) => requestIdOf(request),
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customProps: (request) => {
      const clientRequestId = clientRequestIdOf(request);
      const traceId = traceIdOf(request);
      const operationRunIds = runsOf(request);
      return {
        clientAddress: (request as Request).ip,
        ...(clientRequestId === undefined ? {} : { clientRequestId }),
        ...(traceId === undefined ? {} : { traceId }),
        ...(operationRunIds.length === 0 ? {} : { operationRunIds }),
      };
    },
    customLogLevel: (_request, response, error) => levelOf(error ? 500 : response.statusCode),
    customSuccessMessage: (request, response) =>
      `${request.method} ${pathOf(request)} ${response.statusCode}`,
    customErrorMessage: (request, response) => `${request.method} ${pathOf(request)} ${response.statusCode}`,
    // What went wrong is written down where it is known, once. Neither queries (tRPC puts inputs there, links their tokens) nor headers are written down.
    serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
  });
  return (request, response, next) => {
    handler(request, response);
    next();
  };
}

function levelOf(status: number): 'error' | 'warn' | 'info' {
  if (status === 503) return 'warn';
  return status >= 500 ? 'error' : 'info';
}

/** The path without its query, and without what is secret in it. */
export function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  const path = (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '';
  // The one address that is itself a secret, for as long as nobody has followed it.
  return path.replace(/^(\/handoff\/)[\w-]{20,}/i, '$1…');
}
