import type { House } from '@gangway/domain/house';
import type { TRPCError } from '@trpc/server';
import { createExpressMiddleware } from '@trpc/server/adapters/express';
import type { RequestHandler } from 'express';
import { appRouter } from './app-router.js';
import type { AnsweredCall, ApiContext, WatchRun } from './context.js';
import { httpStatusOf, isExpected } from './errors.js';
import { createSessionCookie } from './session-cookie.js';

export interface TrpcOptions {
  readonly house: House;
  readonly watch: WatchRun;
  /** The id that the request carries through logs, audit and errors. */
  readonly requestIdOf: (request: Parameters<RequestHandler>[0]) => string;
  /** Told about errors that nobody expected; the answer says nothing about them. */
  readonly onUnexpected: (error: TRPCError, path: string | undefined, requestId: string) => void;
  /** Told of every call that was answered. */
  readonly onAnswered?: (call: AnsweredCall) => void;
}

/** Serves every procedure over HTTP. Content type, size, origin and batch length are checked in front of it. */
export function createTrpcMiddleware({
  house,
  watch,
  requestIdOf,
  onUnexpected,
  onAnswered = () => undefined,
}: TrpcOptions): RequestHandler {
  const sessionCookie = createSessionCookie(house.appUrl);
  return createExpressMiddleware({
    router: appRouter,
    createContext: ({ req, res }): ApiContext => ({
      house,
      watch,
      onAnswered,
      requestId: requestIdOf(req),
      cookie: sessionCookie.read(req),
      authorization: req.headers.authorization ?? null,
      userAgent: req.headers['user-agent'] ?? null,
      clientAddress: req.ip ?? '',
      setSessionCookie: (session) => sessionCookie.write(res, session),
    }),
    onError: ({ error, path, ctx }) => {
      if (!isExpected(error)) onUnexpected(error, path, ctx?.requestId ?? 'unknown');
    },
    responseMeta: ({ errors, paths }) => {
      const waits = errors.flatMap((error) => retryAfterOf(error));
      // In a batch each answer tells its own status.
      const status = errors[0] && paths?.length === 1 ? httpStatusOf(errors[0]) : null;
      return {
        ...(waits.length > 0 ? { headers: { 'retry-after': String(Math.max(...waits)) } } : {}),
        ...(status === null ? {} : { status }),
      };
    },
  });
}

function retryAfterOf(error: TRPCError): number[] {
  const detail = error.cause && 'detail' in error.cause ? error.cause.detail : null;
  const wait =
    typeof detail === 'object' && detail !== null && 'retryAfter' in detail ? detail.retryAfter : null;
  return typeof wait === 'number' ? [wait] : [];
}
