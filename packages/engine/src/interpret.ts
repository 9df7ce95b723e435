/**
 * The interpreter of plans, written once for both engines. Pure: it decides what happens next and leaves every effect,
 * every clock and every write to its port. Retries, waits and time-outs are inside `runStep`.
 */
import { readySteps, undoOrder } from './graph.js';
import type { Json, JsonObject } from './json.js';
import type { Plan, StepOutputs } from './plan.js';
import type { Transition } from './reducer.js';
import { type Direction, type Failure, type FailurePolicy, outputsOf, type RunWithSteps } from './run.js';

/** `input`: as the step found it when it started, updates included. */
export type StepResult =
  | { readonly kind: 'done'; readonly output: Json; readonly input: JsonObject }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface RunPort {
  /** How many more steps may start beside those that run. At least one, if none runs. */
  room(running: number): number;
  runStep(position: number, direction: Direction): Promise<StepResult>;
  /**
   * Why the run may not go on past this border: cancelled, revoked, out of time. `pause`: nothing starts until a step that runs has
   * ended. Null: it may go on.
   */
  drainSignals(): Promise<Failure | 'pause' | null>;
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
  /** The steps that have succeeded, in the order in which they did. Without it, as earlier versions had it: all before `position`. */
  readonly done?: readonly number[];
  /** The steps that have begun and are not undone, in the order of a rollback. Without it: those up to `position`, in reverse. */
  readonly toUndo?: readonly number[];
}

/** Where the interpreter goes on with a run. */
export function startOf(plan: Plan, run: RunWithSteps): RunStart {
  const { direction, stepPosition, failure, failurePolicy, steps } = run;
  const toUndo = undoOrder(plan, steps);
  const done = toUndo.toReversed().filter((position) => steps[position]?.status === 'succeeded');
  const outputs = outputsOf(steps);
  return { direction, position: stepPosition, failure, failurePolicy, outputs, done, toUndo };
}

interface Stop {
  readonly position: number;
  readonly failure: Failure;
}

/** Walks a run from where it stands to its end. Rejects only when the port does: the run then goes on elsewhere. */
export async function interpret(port: RunPort, plan: Plan, start: RunStart): Promise<void> {
  if (start.direction === 'undo' && start.failure) {
    const toUndo = start.toUndo ?? positionsTo(start.position + 1).toReversed();
    return walkBack(port, plan, toUndo, start.failure);
  }
  /** In the order in which they ended. */
  const ended = [...(start.done ?? positionsTo(start.position))];
  const stop = await goForward(port, plan, start, ended);
  if (!stop) return;
  const { position: at, failure } = stop;
  // Steps that had begun with a worker that was lost, and were not started again.
  const left = (start.toUndo ?? []).filter((position) => position !== at && !ended.includes(position));
  for (const position of left) await port.publish({ kind: 'stepFailed', position, failure });
  await turn(port, plan, start.failurePolicy, [...ended, ...left], stop);
}

/** Runs all steps that may run, side by side as far as the port has room. Null: the run has ended. */
async function goForward(port: RunPort, plan: Plan, start: RunStart, ended: number[]): Promise<Stop | null> {
  const outputs: Record<string, Json> = { ...start.outputs };
  const done = new Set(ended);
  const running = new Map<number, Promise<{ position: number; result: StepResult }>>();
  const isDone = (position: number) => done.has(position);

  async function startReady(): Promise<Stop | null> {
    const room = port.room(running.size);
    const ready = readySteps(plan, isDone).filter((position) => !running.has(position));
    const [first, ...others] = ready.slice(0, room);
    if (first === undefined) return null;
    const failure = await port.drainSignals();
    if (failure === 'pause') return null;
    if (failure) return { position: first, failure };
    for (const position of [first, ...others])
      running.set(
        position,
        port.runStep(position, 'forward').then((result) => ({ position, result })),
      );
    return null;
  }

  let stop: Stop | null = null;
  try {
    for (;;) {
      stop ??= await startReady();
      if (running.size === 0) return stop;
      const { position, result } = await Promise.race(running.values());
      running.delete(position);
      ended.push(position);
      if (result.kind === 'failed') {
        const { failure } = result;
        // The step that fails alone is written with what follows from it.
        if (stop || running.size > 0) await port.publish({ kind: 'stepFailed', position, failure });
        stop ??= { position, failure };
        continue;
      }
      done.add(position);
      outputs[plan.steps[position]?.name ?? ''] = result.output;
      if (done.size < plan.steps.length) {
        await port.publish({ kind: 'advanced', position, output: result.output });
        continue;
      }
      const outcome = plan.outcome(result.input, outputs);
      const cancelled = await port.publish({ kind: 'succeeded', position, output: result.output, outcome });
      return cancelled && { position, failure: cancelled };
    }
  } finally {
    // The run is not left while a step of it runs here.
    await Promise.allSettled(running.values());
  }
}

/** The run stops at `position`: it is parked, or undone. A failed step is undone too: it may be half done. */
async function turn(
  port: RunPort,
  plan: Plan,
  policy: FailurePolicy,
  ended: readonly number[],
  { position, failure }: Stop,
): Promise<void> {
  const isLate = ended.some((other) => other !== position);
  if (policy === 'hold' && isLate && failure.reasonCode !== 'run.cancelled') {
    const cancelled = await port.publish({ kind: 'held', position, failure });
    return cancelled ? turn(port, plan, policy, ended, { position, failure: cancelled }) : undefined;
  }
  const toUndo = [...(ended.includes(position) ? [] : [position]), ...ended.toReversed()];
  if (!toUndo.some((other) => plan.steps[other]?.compensation !== undefined)) {
    await port.publish({ kind: 'failed', position, failure, rolledBack: false });
    return;
  }
  await port.publish({ kind: 'turned', position, failure });
  return walkBack(port, plan, toUndo, failure);
}

async function walkBack(
  port: RunPort,
  plan: Plan,
  toUndo: readonly number[],
  failure: Failure,
): Promise<void> {
  for (const position of toUndo) {
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

const positionsTo = (end: number): number[] => Array.from({ length: Math.max(end, 0) }, (_, index) => index);
