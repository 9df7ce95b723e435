import { type Fault, NO_FAULT } from './fault.js';
import type { Direction } from './interpret.js';
import type { Json } from './json.js';
import type { LeftItem, Operation, StepContext } from './step.js';
import { factsOf, outputsOf, type RunWithSteps } from './store/records.js';

export interface StepCall {
  readonly operation: Operation;
  readonly run: RunWithSteps;
  readonly position: number;
  readonly direction: Direction;
  readonly signal: AbortSignal;
  readonly fault?: Fault | undefined;
}

/** Calls the effect, or the compensation, of one step with what it may know about its run. */
export async function callStep(call: StepCall): Promise<Json> {
  const { operation, run, position, direction, fault = NO_FAULT } = call;
  const name = run.steps[position]?.name ?? '';
  const point = `${run.type}.${name}${direction === 'undo' ? '.undo' : ''}`;
  await fault(`${point}.before`);
  const output = direction === 'undo' ? await undo(call) : await effectOf(operation, name)(contextOf(call));
  await fault(`${point}.after`);
  return output;
}

/** What the compensations from `position` back to the first step would still delete. Reads only. */
export async function listLeft(
  operation: Operation,
  run: RunWithSteps,
  position: number,
): Promise<(LeftItem & { step: string })[]> {
  const left: (LeftItem & { step: string })[] = [];
  for (const step of run.steps.slice(0, position + 1).toReversed()) {
    const compensation = compensationAt(operation, step.position);
    if (!compensation || step.attempt === 0 || step.status === 'compensated') continue;
    const { signal } = new AbortController();
    const call = { operation, run, position: step.position, direction: 'undo', signal } as const;
    const items = await compensation.list(contextOf(call));
    left.push(...items.map((item) => ({ step: step.name, what: item.what, id: item.id })));
  }
  return left;
}

async function undo(call: StepCall): Promise<null> {
  await compensationAt(call.operation, call.position)?.undo(contextOf(call));
  return null;
}

function contextOf({ run, position, signal }: StepCall): StepContext {
  const step = run.steps[position];
  const idempotencyKey = `${run.id}:${step?.name ?? ''}`;
  return {
    run: factsOf(run),
    attempt: step?.attempt ?? 0,
    outputs: outputsOf(run.steps),
    idempotencyKey,
    signal,
  };
}

function effectOf(operation: Operation, name: string) {
  const effect = operation.steps[name];
  if (!effect) throw new Error(`No effect is registered for step ${operation.plan.type}.${name}`);
  return effect;
}

function compensationAt(operation: Operation, position: number) {
  const name = operation.plan.steps[position]?.compensation;
  return name === undefined ? undefined : operation.compensations[name];
}
