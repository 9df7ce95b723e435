import type { ErrorData } from '@gangway/contract/errors';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { OperationRun } from './watch-run.js';

/** What `error.data` says. `code`, `httpStatus` and `requestId` are absent for a run that failed: no request was rejected. */
export interface GangwayErrorData<Code extends ReasonCode = ReasonCode> extends Partial<ErrorData> {
  /** Why, as a stable code. */
  readonly reasonCode: Code;
  /** The run that ended badly, for an error of `waitForRun`. */
  readonly run?: OperationRun;
}

/** An error with a reason code of Gangway: of a rejected call, or of a run that failed. */
export interface GangwayError<Code extends ReasonCode = ReasonCode> extends Error {
  readonly data: GangwayErrorData<Code>;
}

/**
 * Whether an error is one that Gangway names, with this reason code if one is given. A lost connection is none: the client
 * has repeated what is safe to repeat, and what it throws then is a `TRPCClientError` whose `cause` says why.
 */
export function isGangwayError<Code extends ReasonCode = ReasonCode>(
  error: unknown,
  reasonCode?: Code,
): error is GangwayError<Code> {
  if (!(error instanceof Error) || !('data' in error)) return false;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('reasonCode' in data)) return false;
  return typeof data.reasonCode === 'string' && (reasonCode === undefined || data.reasonCode === reasonCode);
}

/** A run that did not succeed. Its message is the run's own. */
export class OperationRunError extends Error implements GangwayError {
  readonly data: GangwayErrorData;

  constructor(run: OperationRun) {
    super(run.message ?? `The operation run ${run.status}`);
    this.name = 'OperationRunError';
    this.data = { reasonCode: run.reason_code ?? 'internal.error', run };
  }
}
