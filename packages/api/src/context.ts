import type { RunEvent } from '@gangway/contract/operations';
import type { Watching } from '@gangway/domain/access/find-allowed-watchers';
import type { SessionCredential } from '@gangway/domain/auth/session-token';
import type { AppContext } from '@gangway/domain/app-context';
import type { QuotaReport } from './quota-report.js';

/** What a request brings along. Nobody is identified yet: only the door does that. */
export interface ApiContext {
  readonly app: AppContext;
  readonly requestId: string;
  /** What is known of the session cookie, or null without one. */
  readonly cookie: SessionCredential | null;
  readonly authorization: string | null;
  /** The `Idempotency-Key` of the request, as it came. */
  readonly idempotencyKey: string | undefined;
  /** The `Prefer` of the request, as it came. */
  readonly prefer: string | undefined;
  /** Whether the request has several calls. */
  readonly isBatch: boolean;
  readonly userAgent: string | null;
  /** The peer's address, or what a trusted proxy says it is. */
  readonly clientAddress: string;
  /** Sets the session cookie of the answer, or clears it. */
  readonly setSessionCookie: (session: { token: string; expiresAt: Date } | null) => void;
  /** Sets a header of the answer, beside those that every answer has. */
  readonly setHeader: (name: string, value: string) => void;
  readonly watch: WatchRun;
  /** How the caller stands with the limits of calls. */
  readonly quotas: QuotaReport;
  /** Told what nobody expected, where the answer goes on without it. */
  readonly onUnexpected: (error: unknown, path: string) => void;
  /** Answers a call within a trace, if there is one. */
  readonly traceCall: TraceCall;
  /** Told of every call that was answered, each of a batch by itself. */
  readonly onAnswered: (call: AnsweredCall) => void;
}

/** Does the work of one call, around which something is measured. Returns what `answer` returns, and throws what it throws. */
export type TraceCall = <T extends { readonly status: number }>(
  call: Pick<AnsweredCall, 'path' | 'type'>,
  answer: () => Promise<T>,
) => Promise<T>;

/** How a call of a procedure was answered. */
export interface AnsweredCall {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The HTTP status it has, or would have by itself. */
  readonly status: number;
  readonly durationMs: number;
}

/** Opens the event stream of a run for a member; ends when the run has ended or the right is gone. */
export type WatchRun = (
  watcher: Watching,
  operationRunId: string,
  afterSeq: number,
  signal: AbortSignal,
) => AsyncIterable<RunEvent>;
