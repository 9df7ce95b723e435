import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from '../log.js';
import { clientRequestIdOf, requestIdOf } from './request-id.js';
import { runsOf } from './request-runs.js';

/**
 * One line for every request: its id, method, path, status and milliseconds, the address of the client, and, if there are, the
 * runs that it started or signalled and its trace. What went wrong is written down where it is known, once. Neither queries
 * (tRPC puts inputs there, links their tokens) nor headers are written down. There is no logger for each request: making one
 * costs more than the line, also if the line is not written.
 */
export function createRequestLog(
  log: Logger,
  traceIdOf: (request: object) => string | undefined = () => undefined,
): RequestHandler {
  return (request, response, next) => {
    const begunAt = performance.now();
    response.once('close', () => {
      const level = levelOf(response.statusCode);
      if (!log.isLevelEnabled(level)) return;
      const clientRequestId = clientRequestIdOf(request);
      const traceId = traceIdOf(request);
      const operationRunIds = runsOf(request);
      const line = {
        requestId: requestIdOf(request),
        clientAddress: request.ip,
        ...(clientRequestId === undefined ? {} : { clientRequestId }),
        ...(traceId === undefined ? {} : { traceId }),
        ...(operationRunIds.length === 0 ? {} : { operationRunIds }),
        responseTime: Math.round(performance.now() - begunAt),
      };
      log[level](line, `${request.method} ${pathOf(request)} ${response.statusCode}`);
    });
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
