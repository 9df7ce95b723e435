import type pg from 'pg';
import { type Fault, NO_FAULT } from './fault.js';
import { allNeedsOf } from './graph.js';
import type { Lease } from './lease.js';
import type { StepOutputs } from './plan.js';
import type { Rows } from './rows.js';
import { type Direction, factsOf, outputsOf, type RunWithSteps } from './run.js';
import type { LeftItem, Operation, PreparedRows, RowStep, StepContext, StepEffect } from './step.js';
import { sqlOfPool } from './store/sql.js';
import { writeRows } from './store/write-rows.js';

export interface StepCall {
  readonly operation: Operation;
  readonly run: RunWithSteps;
  readonly position: number;
  readonly direction: Direction;
  readonly signal: AbortSignal;
  readonly handedOver: StepOutputs;
  readonly loadOnce: StepContext['loadOnce'];
  readonly fault?: Fault | undefined;
  readonly pool: pg.Pool;
  readonly lease: Lease;
  /** Return the rows of the step instead of writing them: they go with the journal. */
  readonly returnsRows: boolean;
}

/** Calls the effect, or the compensation, of one step with what it may know about its run. */
export async function callStep(call: StepCall): Promise<PreparedRows> {
  const { run, position, direction, fault = NO_FAULT } = call;
  const point = `${run.type}.${run.steps[position]?.name ?? ''}${direction === 'undo' ? '.undo' : ''}`;
  await fault(`${point}.before`, run.id);
  const prepared = direction === 'undo' ? await undo(call) : await perform(call);
  await fault(`${point}.after`, run.id);
  return prepared;
}

/** What the compensations from `position` back to the first step would still delete. Reads only. */
export async function listLeft(
  operation: Operation,
  run: RunWithSteps,
  position: number,
): Promise<(LeftItem & { step: string })[]> {
  const left: (LeftItem & { step: string })[] = [];
  const { signal } = new AbortController();
  const loadOnce: StepContext['loadOnce'] = (_key, load) => load();
  const call = { operation, run, signal, handedOver: {}, loadOnce };
  for (const step of run.steps.slice(0, position + 1).toReversed()) {
    const compensation = compensationAt(operation, step.position);
    if (!compensation || step.attempt === 0 || step.status === 'compensated') continue;
    const items = await compensation.list(contextOf({ ...call, position: step.position }));
    left.push(...items.map((item) => ({ step: step.name, what: item.what, id: item.id })));
  }
  return left;
}

/** Whether the effect of a step, or its compensation, is SQL that can be written with the journal. */
export function isSqlStep({ plan, steps, compensations }: Operation, position: number, direction: Direction) {
  const { name = '', compensation = '' } = plan.steps[position] ?? {};
  const [step, undone] = [steps[name], compensations[compensation]];
  if (direction === 'undo') return undone !== undefined && 'rows' in undone;
  return typeof step === 'object' && !step.after;
}

async function perform(call: StepCall): Promise<PreparedRows> {
  const step = stepOf(call.operation, call.run.steps[call.position]?.name ?? '');
  if (typeof step === 'function') return { output: await step(contextOf(call)), rows: [] };
  const ctx = contextOf(call);
  const prepared = await step.prepare(ctx);
  if (call.returnsRows) return prepared;
  await writeOwnRows(call, prepared.rows, step);
  return { output: step.after ? await step.after(ctx) : prepared.output, rows: [] };
}

async function undo(call: StepCall): Promise<PreparedRows> {
  const compensation = compensationAt(call.operation, call.position);
  let rows: Rows = [];
  if (compensation && 'rows' in compensation) {
    rows = await compensation.rows(contextOf(call));
    if (!call.returnsRows) await writeOwnRows(call, rows, compensation);
  } else await compensation?.undo(contextOf(call));
  return { output: null, rows: call.returnsRows ? rows : [] };
}

/** Writes the rows of a step by themselves. @throws LeaseLostError, and what `toStepError` makes of other errors */
async function writeOwnRows(
  { pool, lease }: StepCall,
  rows: Rows,
  { toStepError }: Pick<RowStep, 'toStepError'>,
): Promise<void> {
  try {
    await writeRows(sqlOfPool(pool), lease, rows);
  } catch (error) {
    throw toStepError(error);
  }
}

function contextOf(
  call: Pick<StepCall, 'operation' | 'run' | 'position' | 'signal' | 'handedOver' | 'loadOnce'>,
): StepContext {
  const { operation, run, position, signal, handedOver, loadOnce } = call;
  const step = run.steps[position];
  // Whatever else has succeeded by now, a step sees the same each time it runs.
  const seen = new Set([...allNeedsOf(operation.plan, position), position]);
  return {
    run: factsOf(run),
    attempt: step?.attempt ?? 0,
    outputs: outputsOf(run.steps.filter((other) => seen.has(other.position))),
    idempotencyKey: `${run.id}:${step?.name ?? ''}`,
    handedOver,
    loadOnce,
    signal,
  };
}

function stepOf(operation: Operation, name: string): StepEffect | RowStep {
  const step = operation.steps[name];
  if (!step) throw new Error(`No effect is registered for step ${operation.plan.type}.${name}`);
  return step;
}

function compensationAt(operation: Operation, position: number) {
  const name = operation.plan.steps[position]?.compensation;
  return name === undefined ? undefined : operation.compensations[name];
}
