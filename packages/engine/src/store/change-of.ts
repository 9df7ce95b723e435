/** Which rows a transition of the interpreter changes, and which events it tells. Pure; the same for both engines. */
import type { Check } from '@gangway/contract/operations';
import { type ReasonCode, REASONS } from '@gangway/contract/reason-codes';
import type { Failure, Transition } from '../interpret.js';
import type { Json } from '../json.js';
import type { Plan } from '../plan.js';
import type { LeftItem } from '../step.js';
import type { RunWithSteps, StepRecord } from './records.js';
import type { EventDraft, RunChange, RunPatch, StepPatch } from './run-change.js';

export interface ChangeContext {
  readonly plan: Plan;
  readonly run: RunWithSteps;
  /** Start the next step in the same statement (embedded), or leave that to whoever executes it (Temporal). */
  readonly startsNext: boolean;
  /** Who may take the run up after this change, and when. */
  readonly between: RunChange['lease'];
  /** For a rollback that got stuck: what could not be removed. */
  readonly left?: readonly LeftItem[];
}

const NO_LEASE = { dueInMs: 0, isWait: false } as const;

export function checkOf(output: Json): Check | null {
  const isObject = typeof output === 'object' && output !== null && !Array.isArray(output);
  return isObject && 'check' in output ? (output.check as unknown as Check) : null;
}

export function changeOf(ctx: ChangeContext, transition: Transition): RunChange {
  switch (transition.kind) {
    case 'advanced': {
      const next = transition.position + 1;
      const begun = ctx.startsNext ? startOfStep(ctx, next) : { run: {}, steps: [], events: [] };
      return {
        run: {
          progress: progressAt(ctx, transition.position, 1),
          ...begun.run,
          stepPosition: next,
          crashes: 0,
        },
        steps: [finished(transition.position, transition.output), ...begun.steps],
        events: [finishedEvent(ctx, transition.position, transition.output), ...begun.events],
        lease: ctx.between,
      };
    }
    case 'succeeded': {
      const { outcome } = transition;
      const message = outcome.message ?? titleOf(outcome.reasonCode);
      const live = { status: 'running', reasonCode: null, message: null } as const;
      const progress = outcome.status === 'succeeded' ? 100 : progressAt(ctx, transition.position, 1);
      return {
        run: {
          ...ended(outcome.status),
          progress,
          reasonCode: outcome.reasonCode,
          message,
          result: outcome.result,
          ...(outcome.stampedField && { stampedField: outcome.stampedField }),
          warnings: outcome.warnings,
        },
        steps: [finished(transition.position, transition.output)],
        events: [{ ...finishedEvent(ctx, transition.position, transition.output), run: live }, ENDED],
        lease: NO_LEASE,
      };
    }
    case 'turned': {
      const failed = failedStep(ctx, transition.position, transition.failure);
      return {
        run: {
          direction: 'undo',
          stepPosition: transition.position,
          failure: transition.failure,
          message: 'Rolling back',
        },
        // From here on failures are those of the compensations.
        steps: [...failed.steps, ...skipped(ctx, transition.position), ...forgiven(ctx, transition.position)],
        events: failed.events,
        lease: ctx.between,
      };
    }
    case 'undone': {
      const { name, attempt } = stepAt(ctx, transition.position);
      const run = { stepPosition: transition.position - 1, step: name, crashes: 0 };
      if (attempt === 0) return { run, steps: [], events: [], lease: ctx.between };
      return {
        run,
        steps: [{ position: transition.position, status: 'compensated', failures: 0, finishes: true }],
        events: [{ kind: 'step.compensated', changed: { name, status: 'compensated', attempt } }],
        lease: ctx.between,
      };
    }
    case 'held': {
      const failed = failedStep(ctx, transition.position, transition.failure);
      return {
        run: {
          ...ended('failed'),
          held: true,
          stepPosition: transition.position,
          ...reasonOf(transition.failure),
        },
        steps: failed.steps,
        events: [
          ...failed.events.map((event) => ({ ...event, run: { status: 'running', held: false } as const })),
          ENDED,
        ],
        lease: NO_LEASE,
      };
    }
    case 'failed': {
      const at = transition.position;
      const failed = at === null ? { steps: [], events: [] } : failedStep(ctx, at, transition.failure);
      const warnings = transition.rolledBack ? [...ctx.run.warnings, ROLLED_BACK] : ctx.run.warnings;
      return {
        run: { ...ended('failed'), ...reasonOf(transition.failure), warnings },
        steps: [...failed.steps, ...(at === null ? [] : skipped(ctx, at))],
        events: [...failed.events.map((event) => ({ ...event, run: { status: 'running' } as const })), ENDED],
        lease: NO_LEASE,
      };
    }
    case 'stuck': {
      const { name, attempt } = stepAt(ctx, transition.position);
      const { reasonCode, evidence } = transition.failure;
      const left = (ctx.left ?? []).map((item) => ({ what: item.what, id: item.id }));
      const message = `${REASONS['run.rollback_failed'].title}: ${name}. What is left is listed in the result.`;
      return {
        run: {
          ...ended('failed'),
          reasonCode: 'run.rollback_failed',
          message,
          result: { left, cause: reasonCode },
        },
        steps: [
          {
            position: transition.position,
            status: 'failed',
            reasonCode,
            message: titleOf(reasonCode),
            evidence,
          },
        ],
        events: [
          { kind: 'step.failed', changed: { name, status: 'failed', attempt }, run: { status: 'running' } },
          ENDED,
        ],
        lease: NO_LEASE,
      };
    }
  }
}

/** The change that begins a step: before its effect runs, so that a watcher sees it running. */
export function startOfStep(
  ctx: ChangeContext,
  position: number,
): { run: RunPatch; steps: StepPatch[]; events: EventDraft[] } {
  const { name, attempt } = stepAt(ctx, position);
  return {
    run: {
      status: 'running',
      stepPosition: position,
      step: name,
      attempt: attempt + 1,
      progress: progressAt(ctx, position, 0),
      message: null,
      reasonCode: null,
    },
    steps: [{ position, status: 'running', starts: true }],
    events: [{ kind: 'step.started', changed: { name, status: 'running', attempt: attempt + 1 } }],
  };
}

const ENDED: EventDraft = { kind: 'run.finished', changed: null };
const ROLLED_BACK = { reasonCode: 'run.rolled_back', message: REASONS['run.rolled_back'].remedy } as const;

const titleOf = (code: ReasonCode | null) => (code === null ? null : REASONS[code].title);
const reasonOf = (failure: Failure) => ({
  reasonCode: failure.reasonCode,
  message: failure.message ?? titleOf(failure.reasonCode),
});
const ended = (status: 'succeeded' | 'failed') => ({ status, held: false, failure: null });

function stepAt(ctx: ChangeContext, position: number): StepRecord {
  const step = ctx.run.steps[position];
  if (!step) throw new RangeError(`Run ${ctx.run.id} has no step ${position}`);
  return step;
}

const progressAt = (ctx: ChangeContext, position: number, end: 0 | 1) =>
  ctx.plan.steps[position]?.progress[end] ?? 0;

const finished = (position: number, output: Json): StepPatch => ({
  position,
  status: 'succeeded',
  output,
  reasonCode: null,
  message: null,
  evidence: null,
  finishes: true,
});

function finishedEvent(ctx: ChangeContext, position: number, output: Json): EventDraft {
  const { name, attempt } = stepAt(ctx, position);
  const check = checkOf(output);
  return { kind: 'step.finished', changed: { name, status: 'succeeded', attempt, ...(check && { check }) } };
}

/** A step that was stopped before it began is skipped, not failed: nothing of it exists. */
function failedStep(
  ctx: ChangeContext,
  position: number,
  failure: Failure,
): { steps: StepPatch[]; events: EventDraft[] } {
  const { name, attempt, status } = stepAt(ctx, position);
  if (status === 'pending') return { steps: [{ position, status: 'skipped' }], events: [] };
  const { reasonCode, evidence } = failure;
  return {
    steps: [
      {
        position,
        status: 'failed',
        reasonCode,
        message: failure.message ?? titleOf(reasonCode),
        evidence,
        failures: 0,
        finishes: true,
      },
    ],
    events: [{ kind: 'step.failed', changed: { name, status: 'failed', attempt } }],
  };
}

const skipped = (ctx: ChangeContext, after: number): StepPatch[] =>
  ctx.run.steps
    .filter((step) => step.position > after)
    .map((step) => ({ position: step.position, status: 'skipped' }));

const forgiven = (ctx: ChangeContext, before: number): StepPatch[] =>
  ctx.run.steps
    .filter((step) => step.position < before && step.failures > 0)
    .map((step) => ({ position: step.position, failures: 0 }));
