import { toAppError } from '@gangway/domain/to-app-error';
import type { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError, type ResponseMeta } from '@trpc/server/http';
import { challengeOf } from './challenge.js';
import type { ApiContext } from './context.js';
import { httpStatusOf } from './errors.js';
import { isPartnerPath } from './partner-path.js';

interface Answered {
  readonly ctx?: ApiContext | undefined;
  readonly errors: readonly TRPCError[];
  readonly paths: readonly string[] | undefined;
  readonly type?: string;
}

/** What an answer says above its body: of a batch the longest wait, and the challenge of the first call that has one. */
export function responseMeta({ ctx, errors, paths = [], type }: Answered): ResponseMeta {
  const refusals = errors.map((error) => ({ error, detail: toAppError(error.cause)?.detail ?? {} }));
  const waits = refusals.flatMap(({ detail }) => detail.retryAfter ?? []);
  const isGiven = typeof ctx?.authorization === 'string';
  const challenges = refusals.flatMap(
    ({ error, detail }) => challengeOf(getHTTPStatusCodeFromError(error), isGiven, detail.permission) ?? [],
  );
  // Browsers have a session, and no use for a challenge.
  const [challenge] = paths.some(isPartnerPath) ? challenges : [];
  // In a batch each answer tells its own status.
  // A stream is refused inside the stream, after its headers: what they said of the count would be told to whoever is refused.
  const isCountTold = type !== 'subscription' && (errors.length === 0 || waits.length > 0);
  const status = errors[0] && paths.length === 1 ? httpStatusOf(errors[0]) : null;
  return {
    headers: {
      // tRPC leaves it out of what it refuses before there is a context, such as a batch that cannot be read.
      ...(ctx === undefined ? { 'content-type': 'application/json' } : {}),
      // tRPC says less of its event streams; a proxy that compresses one would hold its events back.
      'cache-control': type === 'subscription' ? 'no-store, no-transform' : 'no-store',
      ...(isCountTold ? ctx?.quotas.toHeaders() : {}),
      ...(waits.length > 0 ? { 'retry-after': String(Math.max(...waits)) } : {}),
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
    },
    ...(status === null ? {} : { status }),
  };
}
