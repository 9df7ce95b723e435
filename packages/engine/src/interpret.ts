/**
 * The interpreter of plans, written once for both engines. Pure: it decides what happens next and leaves every effect,
 * every clock and every write to its port. Retries, waits and time-outs are inside `runStep`.
 */
import type { Json, JsonObject } from './json.js';
import type { Plan, StepOutputs } from './plan.js';
import type { Transition } from './reducer.js';
import { type Direction, type Failure, type FailurePolicy, outputsOf, type RunWithSteps } from './run.js';

/** `input`: as the step found it when it started, updates included. */
export type StepResult =
  | { readonly kind: 'done'; readonly output: Json; readonly input: JsonObject }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface RunPort {
  runStep(position: number, direction: Direction): Promise<StepResult>;
  /** Why the run may not go on past this border: cancelled, revoked, out of time. Null: it may. */
  drainSignals(): Promise<Failure | null>;
  /**
   * Writes a transition. `succeeded` and `held` are not written if a cancel was accepted meanwhile: then it is returned, and
   * the run is rolled back. Null: written.
   */
  publish(transition: Transition): Promise<Failure | null>;
}

export interface RunStart {
  readonly direction: Direction;
  readonly position: number;
  readonly failure: Failure | null;
  readonly outputs: StepOutputs;
  readonly failurePolicy: FailurePolicy;
}

/** Where the interpreter goes on with a run. */
export function startOf(run: RunWithSteps): RunStart {
  const { direction, stepPosition, failure, failurePolicy } = run;
  return { direction, position: stepPosition, failure, failurePolicy, outputs: outputsOf(run.steps) };
}

/** Walks a run from where it stands to its end. Rejects only when the port does: the run then goes on elsewhere. */
export async function interpret(port: RunPort, plan: Plan, start: RunStart): Promise<void> {
  if (start.direction === 'undo' && start.failure) return walkBack(port, plan, start.position, start.failure);
  const outputs: Record<string, Json> = { ...start.outputs };
  for (let position = start.position; ; position += 1) {
    const stop = await port.drainSignals();
    const result: StepResult = stop
      ? { kind: 'failed', failure: stop }
      : await port.runStep(position, 'forward');
    if (result.kind === 'failed') return turn(port, plan, start.failurePolicy, position, result.failure);
    outputs[plan.steps[position]?.name ?? ''] = result.output;
    if (position === plan.steps.length - 1) {
      const outcome = plan.outcome(result.input, outputs);
      const cancelled = await port.publish({ kind: 'succeeded', position, output: result.output, outcome });
      return cancelled ? turn(port, plan, start.failurePolicy, position, cancelled) : undefined;
    }
    await port.publish({ kind: 'advanced', position, output: result.output });
  }
}

/** A step failed at `position`: park the run, or undo it. The failed step is undone too: it may be half done. */
async function turn(
  port: RunPort,
  plan: Plan,
  policy: FailurePolicy,
  position: number,
  failure: Failure,
): Promise<void> {
  const isLate = position > 0;
  if (policy === 'hold' && isLate && failure.reasonCode !== 'run.cancelled') {
    const cancelled = await port.publish({ kind: 'held', position, failure });
    return cancelled ? turn(port, plan, policy, position, cancelled) : undefined;
  }
  const hasUndo = plan.steps.slice(0, position + 1).some((step) => step.compensation !== undefined);
  if (!hasUndo) {
    await port.publish({ kind: 'failed', position, failure, rolledBack: false });
    return;
  }
  await port.publish({ kind: 'turned', position, failure });
  return walkBack(port, plan, position, failure);
}

async function walkBack(port: RunPort, plan: Plan, from: number, failure: Failure): Promise<void> {
  for (let position = from; position >= 0; position -= 1) {
    if (plan.steps[position]?.compensation === undefined) continue;
    const result = await port.runStep(position, 'undo');
    // What lies deeper may be referred to by what could not be removed, so the walk ends here and says what is left.
    if (result.kind === 'failed') {
      await port.publish({ kind: 'stuck', position, failure: result.failure });
      return;
    }
    await port.publish({ kind: 'undone', position });
  }
  await port.publish({ kind: 'failed', position: null, failure, rolledBack: true });
}
