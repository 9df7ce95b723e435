/**
 * What becomes of a run: the one place where its state changes while it is executed, the same for both engines. Pure, without a
 * clock: an instant that a transition sets is {@link NOW} until the database writes it.
 */
import type { Check, RunEvent } from '@gangway/contract/operations';
import { type ReasonCode, REASONS } from '@gangway/contract/reason-codes';
import { undoOrder } from './graph.js';
import type { Json } from './json.js';
import type { Plan, RunOutcome } from './plan.js';
import { type Failure, NOW, type RunWithSteps, snapshotOf, type StepRecord } from './run.js';
import type { LeftItem } from './step.js';

/** One change of a run's state. Some stand in the histories of Temporal's workflows: their names and fields stay. */
export type Transition =
  /** Before the effect of a step runs. */
  | { readonly kind: 'started'; readonly position: number }
  /** A step has succeeded, and others follow. */
  | { readonly kind: 'advanced'; readonly position: number; readonly output: Json }
  /** An attempt has failed, and another one follows. */
  | {
      readonly kind: 'retrying';
      readonly position: number;
      readonly failure: Failure;
      readonly delayMs: number;
    }
  /** All steps that run wait for their next attempt. */
  | { readonly kind: 'waiting' }
  /** A step has failed for good while others still run, or after another one has. */
  | { readonly kind: 'stepFailed'; readonly position: number; readonly failure: Failure }
  /** From here on the run is rolled back. `position`: the step that failed; it may be half done, and is undone too. */
  | { readonly kind: 'turned'; readonly position: number; readonly failure: Failure }
  | { readonly kind: 'undone'; readonly position: number }
  /** The run is parked at a step that failed, or did not begin. */
  | { readonly kind: 'held'; readonly position: number; readonly failure: Failure }
  /** The last step has succeeded. */
  | {
      readonly kind: 'succeeded';
      readonly position: number;
      readonly output: Json;
      readonly outcome: RunOutcome;
    }
  /** `rolledBack`: compensations ran, and nothing is left. `position`: the step that failed, if none was undone for it. */
  | {
      readonly kind: 'failed';
      readonly position: number | null;
      readonly failure: Failure;
      readonly rolledBack: boolean;
    }
  /** A compensation has failed for good. `left`: what could not be removed. */
  | {
      readonly kind: 'stuck';
      readonly position: number;
      readonly failure: Failure;
      readonly left?: readonly LeftItem[];
    };

/** An event without its number and its instant, which the database gives it. */
export type EventDraft = Pick<RunEvent, 'kind' | 'run' | 'changed'>;

export interface Reduced {
  readonly run: RunWithSteps;
  readonly events: readonly EventDraft[];
}

/** @throws RangeError for a position that the run does not have */
export function reduce(plan: Plan, run: RunWithSteps, transition: Transition): Reduced {
  switch (transition.kind) {
    case 'started':
      return start(plan, run, transition.position);
    case 'advanced': {
      const done = finishStep(plan, run, transition.position, transition.output);
      return toReduced(done, stepEvent(done, 'step.finished', transition.position, transition.output));
    }
    case 'retrying': {
      const { position, failure, delayMs } = transition;
      const failures = stepAt(run, position).failures + 1;
      const step = { ...reasonOf(failure), failures, retryInMs: Math.ceil(delayMs) };
      const waiting = { ...withStep(run, position, step), ...titled(failure) };
      return toReduced(waiting, stepEvent(waiting, 'run.waiting', position));
    }
    case 'waiting':
      return toReduced(run, { kind: 'run.waiting', run: snapshotOf(run), changed: null });
    case 'stepFailed':
      return failStep(run, transition.position, transition.failure);
    case 'turned': {
      const { position, failure } = transition;
      const failed = failStep({ ...run, message: 'Rolling back' }, position, failure);
      const steps = failed.run.steps.map((step) =>
        // From here on failures are those of the compensations.
        step.failures > 0 ? { ...step, failures: 0, retryInMs: null } : step,
      );
      const turned = { ...failed.run, steps, direction: 'undo', failure } as const;
      return { run: skipPending(turned), events: failed.events };
    }
    case 'undone':
      return undo(plan, run, transition.position);
    case 'held': {
      const { position, failure } = transition;
      const { run: failed, events } = failStep({ ...run, ...titled(failure) }, position, failure);
      return endAs({ ...failed, status: 'failed', held: true }, events);
    }
    case 'succeeded': {
      const { position, output, outcome } = transition;
      const { status, reasonCode, result, warnings } = outcome;
      const done = finishStep(plan, run, position, output);
      const progress = status === 'succeeded' ? 100 : done.progress;
      const last = { ...done, progress, reasonCode: null, message: null };
      const ended = { ...last, status, reasonCode, message: outcome.message ?? titleOf(reasonCode) };
      return endAs({ ...ended, result, warnings }, [stepEvent(last, 'step.finished', position, output)]);
    }
    case 'failed': {
      const { position, failure } = transition;
      const titledRun = { ...run, ...titled(failure) };
      const failed = position === null ? toReduced(titledRun) : failStep(titledRun, position, failure);
      const warnings = transition.rolledBack ? [...run.warnings, ROLLED_BACK] : run.warnings;
      const skipped = position === null ? failed.run : skipPending(failed.run);
      return endAs({ ...skipped, status: 'failed', warnings }, failed.events);
    }
    case 'stuck': {
      const { position, failure, left = [] } = transition;
      const message = `${REASONS['run.rollback_failed'].title}: ${stepAt(run, position).name}. What is left is listed in the result.`;
      const result = { left: left.map(({ what, id }) => ({ what, id })), cause: failure.reasonCode };
      const failed = withStep(run, position, { status: 'failed', ...reasonOf(failure) });
      const stuck = { ...failed, reasonCode: 'run.rollback_failed', message, result } as const;
      return endAs({ ...stuck, status: 'failed' }, [stepEvent(stuck, 'step.failed', position)]);
    }
  }
}

/** The row of a verification's report that a step found out, if it did. */
function checkOf(output: Json): Check | null {
  const isObject = typeof output === 'object' && output !== null && !Array.isArray(output);
  return isObject && 'check' in output ? (output.check as unknown as Check) : null;
}

const ROLLED_BACK = { reasonCode: 'run.rolled_back', message: REASONS['run.rolled_back'].remedy } as const;

const titleOf = (code: ReasonCode | null) => (code === null ? null : REASONS[code].title);
const titled = ({ reasonCode, message }: Failure) => ({
  reasonCode,
  message: message ?? titleOf(reasonCode),
});
const reasonOf = (failure: Failure) => ({ ...titled(failure), evidence: failure.evidence });
const toReduced = (run: RunWithSteps, ...events: EventDraft[]): Reduced => ({ run, events });

function stepAt(run: RunWithSteps, position: number): StepRecord {
  const step = run.steps[position];
  if (!step) throw new RangeError(`Run ${run.id} has no step ${position}`);
  return step;
}

function withStep(run: RunWithSteps, position: number, fields: Partial<StepRecord>): RunWithSteps {
  const steps = run.steps.map((step) => (step.position === position ? { ...step, ...fields } : step));
  return { ...run, steps };
}

function stepEvent(
  run: RunWithSteps,
  kind: EventDraft['kind'],
  position: number,
  output: Json = null,
): EventDraft {
  const { name, status, attempt } = stepAt(run, position);
  const check = checkOf(output);
  return { kind, run: snapshotOf(run), changed: { name, status, attempt, ...(check && { check }) } };
}

function start(plan: Plan, run: RunWithSteps, position: number): Reduced {
  const { name, attempt, startedAt } = stepAt(run, position);
  const began = { status: 'running', attempt: attempt + 1, startedAt: startedAt ?? NOW } as const;
  const started: RunWithSteps = {
    ...withStep(run, position, { ...began, finishedAt: null, retryInMs: null }),
    ...{ status: 'running', step: name, attempt: began.attempt, message: null, reasonCode: null },
    ...{ progress: progressOf(plan, run, position, 0), waitingUntil: null },
    stepPosition: Math.max(run.stepPosition, position),
  };
  return toReduced(started, stepEvent(started, 'step.started', position));
}

function finishStep(plan: Plan, run: RunWithSteps, position: number, output: Json): RunWithSteps {
  const reason = { reasonCode: null, message: null, evidence: null, retryInMs: null };
  const done = withStep(run, position, { status: 'succeeded', output, ...reason, finishedAt: NOW });
  const next = Math.min(position + 1, run.steps.length - 1);
  const stepPosition = Math.max(run.stepPosition, next);
  return { ...done, progress: progressOf(plan, run, position, 1), stepPosition, crashes: 0 };
}

/** A step that was stopped before it began is skipped, not failed: nothing of it exists. */
function failStep(run: RunWithSteps, position: number, failure: Failure): Reduced {
  const { status } = stepAt(run, position);
  if (status === 'pending') return toReduced(withStep(run, position, { status: 'skipped' }));
  if (status === 'failed' || status === 'skipped') return toReduced(run);
  const fields = { ...reasonOf(failure), failures: 0, retryInMs: null, finishedAt: NOW };
  const failed = withStep(run, position, { ...fields, status: 'failed' });
  return toReduced(failed, stepEvent(failed, 'step.failed', position));
}

function undo(plan: Plan, run: RunWithSteps, position: number): Reduced {
  const { name, attempt } = stepAt(run, position);
  const undone = withStep(run, position, {
    status: 'compensated',
    failures: 0,
    retryInMs: null,
    finishedAt: NOW,
  });
  const { steps } = attempt === 0 ? run : undone;
  // Where workers of earlier versions, which undo in the order of the plan, would go on.
  const left = undoOrder(plan, steps).filter((other) => plan.steps[other]?.compensation !== undefined);
  const rest = { ...run, steps, stepPosition: Math.max(-1, ...left), step: name, crashes: 0 };
  return attempt === 0 ? toReduced(rest) : toReduced(rest, stepEvent(rest, 'step.compensated', position));
}

function skipPending(run: RunWithSteps): RunWithSteps {
  const steps = run.steps.map((step) =>
    step.status === 'pending' ? ({ ...step, status: 'skipped' } as const) : step,
  );
  return { ...run, steps };
}

/** The end of a run, after what led to it. */
function endAs(run: RunWithSteps, events: readonly EventDraft[]): Reduced {
  const ended = { ...run, failure: null, waitingUntil: null, finishedAt: NOW };
  return toReduced(ended, ...events, { kind: 'run.finished', run: snapshotOf(ended), changed: null });
}

/** Progress never falls. */
function progressOf(plan: Plan, run: RunWithSteps, position: number, end: 0 | 1): number {
  return Math.max(run.progress, plan.steps[position]?.progress[end] ?? 0);
}
