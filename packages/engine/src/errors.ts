import type { ReasonCode } from '@gangway/contract/reason-codes';

/** The state of the run forbids what was asked: a 409 with this reason. */
export class RunConflict extends Error {
  override readonly name = 'RunConflict';
  constructor(
    readonly reasonCode: Extract<
      ReasonCode,
      'run.finished' | 'run.not_cancellable' | 'run.not_retryable' | 'run.update_too_late'
    >,
  ) {
    super(reasonCode);
  }
}

/** What had to hold for a new run does not hold. */
export class RunNotGiven extends Error {
  override readonly name = 'RunNotGiven';
}

/** There is no run with this id. */
export class RunNotFound extends Error {
  override readonly name = 'RunNotFound';
  constructor(operationRunId: string) {
    super(`No operation run ${operationRunId}`);
  }
}

/** This worker no longer holds the run: somebody else goes on with it, and nothing it still does may be written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(operationRunId: string) {
    super(`The lease of operation run ${operationRunId} is lost`);
  }
}

/** What several steps were to write at once was refused, and nothing of it is written: they have to go one by one. */
export class DeferralRefused extends Error {
  override readonly name = 'DeferralRefused';
  constructor(operationRunId: string, cause: unknown) {
    super(`Steps of operation run ${operationRunId} could not be written together`, { cause });
  }
}
