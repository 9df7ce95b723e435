import type { ReasonCode } from '@gangway/contract/reason-codes';

/** The state of the run forbids what was asked: a 409 with this reason. */
export class RunConflictError extends Error {
  override readonly name = 'RunConflictError';
  constructor(
    readonly reasonCode: Extract<
      ReasonCode,
      'run.finished' | 'run.not_cancellable' | 'run.not_retryable' | 'run.update_too_late'
    >,
  ) {
    super(reasonCode);
  }
}

/** The precondition of a new run does not hold. */
export class PreconditionError extends Error {
  override readonly name = 'PreconditionError';
}

/** There is no run with this id. */
export class RunNotFoundError extends Error {
  override readonly name = 'RunNotFoundError';
  constructor(operationRunId: string) {
    super(`No operation run ${operationRunId}`);
  }
}

/** This worker no longer holds the lease: another one goes on with the run, and nothing this one still does may be written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor(operationRunId: string) {
    super(`The lease of operation run ${operationRunId} is lost`);
  }
}

/** The run leaves this worker on purpose: it waits for so many milliseconds, or goes on in another process. */
export class RunReleasedError extends Error {
  override readonly name = 'RunReleasedError';
  constructor(readonly release: { readonly dueInMs: number; readonly isWait: boolean }) {
    super(release.isWait ? 'The run waits' : 'The run goes on elsewhere');
  }
}

/** Several SQL steps were to be written in one statement, and it was rejected: nothing is written, and they go one by one. */
export class BatchRejectedError extends Error {
  override readonly name = 'BatchRejectedError';
  constructor(operationRunId: string, cause: unknown) {
    super(`Steps of operation run ${operationRunId} could not be written together`, { cause });
  }
}
