import type { IncomingHttpHeaders } from 'node:http';
import type { AppContext } from '@gangway/domain/app-context';
import { getTRPCErrorFromUnknown, type TRPCError } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { RequestHandler } from 'express';
import { appRouter } from './app-router.js';
import { noteRequestId } from './call-request-id.js';
import type { AnsweredCall, ApiContext, TraceCall, WatchRun } from './context.js';
import { isExpected } from './errors.js';
import { QuotaReport } from './quota-report.js';
import { responseMeta } from './response-meta.js';
import { createSessionCookie } from './session-cookie.js';

export interface TrpcOptions {
  readonly app: AppContext;
  readonly watch: WatchRun;
  /** The id that the request carries through logs, audit and errors. */
  readonly requestIdOf: (request: Parameters<RequestHandler>[0]) => string;
  /** Told about errors that nobody expected; the answer says nothing about them. */
  readonly onUnexpected: (error: TRPCError, path: string | undefined, requestId: string) => void;
  /** Told of every call that was answered. */
  readonly onAnswered?: (call: AnsweredCall) => void;
  readonly traceCall?: TraceCall;
}

/** Serves every procedure over HTTP. Content type, size, origin and batch length are checked in front of it. */
export function createTrpcMiddleware({
  app,
  watch,
  requestIdOf,
  onUnexpected,
  onAnswered = () => undefined,
  traceCall = (_call, answer) => answer(),
}: TrpcOptions): RequestHandler {
  const sessionCookie = createSessionCookie(app.appUrl);
  const serve = createExpressMiddleware({
    router: appRouter,
    createContext: ({ req, res, info }): ApiContext => ({
      app,
      watch,
      onAnswered,
      traceCall,
      quotas: new QuotaReport(),
      requestId: requestIdOf(req),
      cookie: sessionCookie.read(req),
      authorization: req.headers.authorization ?? null,
      idempotencyKey: req.get('idempotency-key'),
      prefer: req.get('prefer'),
      isBatch: info.calls.length > 1,
      userAgent: req.headers['user-agent'] ?? null,
      clientAddress: req.ip ?? '',
      setSessionCookie: (session) => sessionCookie.write(res, session),
      setHeader: (name, value) => void res.setHeader(name, value),
      onUnexpected: (error, path) => onUnexpected(getTRPCErrorFromUnknown(error), path, requestIdOf(req)),
    }),
    onError: ({ error, path, ctx, req }) => {
      const requestId = ctx?.requestId ?? requestIdOf(req);
      noteRequestId(error, requestId);
      if (!isExpected(error)) onUnexpected(error, path, requestId);
    },
    responseMeta,
  });
  return (request, response, next) => {
    declineStreamedBatch(request.headers);
    serve(request, response, next);
  };
}

/**
 * Makes the answer JSON where a batch is asked for as a stream of lines. tRPC sends the head of such an answer before the
 * first procedure runs: a status, a session cookie or `Retry-After` could not be set any more.
 */
function declineStreamedBatch(headers: IncomingHttpHeaders): void {
  delete headers['trpc-accept'];
  if (headers.accept?.includes('application/jsonl')) headers.accept = 'application/json';
}
