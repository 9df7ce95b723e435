import type { PartnerRouter } from '@gangway/api/partner-router';
import type { TRPCClientError, TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { TokenSource } from './access-tokens.js';
import { findIdempotencyKey } from './idempotency-key.js';
import { UnexpectedResponseError } from './send-json.js';

type Operation = Parameters<ReturnType<TRPCLink<PartnerRouter>>>[0]['op'];
type CallError = TRPCClientError<PartnerRouter>;

const FIRST_PAUSE_MS = 250;
/** What asks for a longer pause is left to the caller. */
const LONGEST_PAUSE_MS = 60_000;
/** A mutation only because its first answer carries a secret: to ask again changes nothing. */
const READS = new Set(['provisioning.operationRuns.get']);
/** What a proxy or a server that is going down answers; whether the call was processed is unknown. */
const UNAVAILABLE = new Set([502, 503, 504]);

/**
 * Repeats what is safe to repeat: after 429 every call, since it was not processed; after 503 or a lost connection what only
 * reads and what has an idempotency key; after 401 once, with a new access token. Pauses as long as `Retry-After` says, else
 * a quarter of a second, twice that, and so on, with jitter. An aborted call is not repeated and does not wait.
 */
export function repeatLink(maxRepeats: number, tokens: TokenSource): TRPCLink<PartnerRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let current: Unsubscribable | undefined;
        let timer: ReturnType<typeof setTimeout> | undefined;
        let wasTokenRenewed = false;
        const attempt = (repeats: number): void => {
          current = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error(error) {
              const pauseMs = op.signal?.aborted ? null : pauseBeforeRepeat(op, error, repeats);
              if (pauseMs !== null && repeats < maxRepeats) return pause(error, pauseMs, repeats);
              if (error.data?.httpStatus !== 401 || wasTokenRenewed || !tokens.reject())
                return observer.error(error);
              wasTokenRenewed = true;
              attempt(repeats);
            },
          });
        };
        const pause = (error: CallError, ms: number, repeats: number): void => {
          const giveUp = () => {
            clearTimeout(timer);
            observer.error(error);
          };
          timer = setTimeout(() => {
            op.signal?.removeEventListener('abort', giveUp);
            attempt(repeats + 1);
          }, ms);
          op.signal?.addEventListener('abort', giveUp, { once: true });
        };
        attempt(0);
        return () => {
          clearTimeout(timer);
          current?.unsubscribe();
        };
      });
}

/** Milliseconds, or null if the call must not be repeated. */
function pauseBeforeRepeat(op: Operation, error: CallError, repeats: number): number | null {
  const page = error.cause instanceof UnexpectedResponseError ? error.cause : null;
  const status = error.data?.httpStatus ?? page?.status ?? null;
  const isKeyed = findIdempotencyKey(op.context) !== null;
  const isSafe = op.type === 'query' || isKeyed || READS.has(op.path);
  const isRepeatable =
    status === 429 ||
    (isSafe && (status === null ? isLost(error) : UNAVAILABLE.has(status))) ||
    // The first request with this key is still being processed.
    (isKeyed && error.data?.reasonCode === 'idempotency.in_flight');
  if (!isRepeatable) return null;
  const asked = error.data?.retryAfter ?? page?.retryAfter ?? null;
  if (asked !== null) return asked * 1_000 <= LONGEST_PAUSE_MS ? asked * 1_000 : null;
  return FIRST_PAUSE_MS * 2 ** repeats * (0.75 + Math.random() / 2);
}

/** A lost connection is a TypeError of `fetch`; an abort is none, nor is what a credential's function throws on purpose. */
const isLost = ({ cause }: CallError): boolean => cause instanceof TypeError;
