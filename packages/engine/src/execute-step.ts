import { attemptStep } from './attempt-step.js';
import { callStep } from './call-step.js';
import type { Interruption } from './lease.js';
import type { EngineOptions } from './options.js';
import { DEFAULT_RETRY, DEFAULT_STEP_TIMEOUT_MS, retryDelayMs } from './plan.js';
import type { Direction, Failure } from './run.js';
import type { PreparedRows, StepError } from './step.js';
import type { UnitOfWork } from './unit-of-work.js';

export type AttemptEnd =
  | { readonly kind: 'done'; readonly prepared: PreparedRows }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Another attempt follows after so many milliseconds. */
  | { readonly kind: 'retry'; readonly failure: Failure; readonly delayMs: number }
  | { readonly kind: 'interrupted'; readonly by: Interruption };

export interface StepRequest {
  readonly position: number;
  readonly direction: Direction;
  /** Return the rows of a SQL step instead of writing them: they go with the journal. */
  readonly returnsRows: boolean;
}

/** Runs one attempt of a step, or of its compensation, and decides whether another one follows. Writes nothing of the run. */
export async function executeStep(
  options: EngineOptions,
  unit: UnitOfWork,
  request: StepRequest,
): Promise<AttemptEnd> {
  const { run, handedOver, loadOnce, lease, plan } = unit;
  const { fault, db, registry } = options;
  const { signal } = lease.controller;
  const call = {
    operation: registry[run.type],
    run,
    handedOver,
    loadOnce,
    fault,
    pool: db.pool,
    lease,
    ...request,
  };
  const result = await attemptStep({
    effect: (inner) => callStep({ ...call, signal: inner }),
    signal,
    timeoutMs: plan.steps[request.position]?.timeoutMs ?? DEFAULT_STEP_TIMEOUT_MS,
    graceMs: options.graceMs ?? 5_000,
  });
  if (result.kind === 'done') return { kind: 'done', prepared: result.output };
  if (result.kind === 'interrupted') return { kind: 'interrupted', by: signal.reason as Interruption };
  return afterFailure(options, unit, request, result.error);
}

function afterFailure(
  { log }: EngineOptions,
  { run, plan, remainingMs }: UnitOfWork,
  { position, direction }: StepRequest,
  error: StepError,
): AttemptEnd {
  const { reasonCode, evidence } = error;
  if (reasonCode === 'internal.error')
    log?.error({ runId: run.id, position, direction, err: error.cause }, 'A step failed unexpectedly');
  const policy = plan.steps[position]?.retry ?? DEFAULT_RETRY;
  const failures = (run.steps[position]?.failures ?? 0) + 1;
  const delayMs = retryDelayMs(policy, failures, error.retryAfterMs);
  const isInTime = direction === 'undo' || remainingMs === null || delayMs < remainingMs;
  if (!error.retryable || failures >= policy.maximumAttempts || !isInTime)
    return { kind: 'failed', failure: { reasonCode, message: null, evidence } };
  return { kind: 'retry', failure: { reasonCode, message: error.message, evidence }, delayMs };
}
