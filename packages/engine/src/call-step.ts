import type pg from 'pg';
import { type Fault, NO_FAULT } from './fault.js';
import type { Direction } from './interpret.js';
import type { StepOutputs } from './plan.js';
import type { Rows } from './rows.js';
import type { LeftItem, Operation, PreparedRows, RowStep, StepContext, StepEffect } from './step.js';
import { factsOf, outputsOf, type RunWithSteps } from './store/records.js';
import { sqlOfPool } from './store/sql.js';
import { writeRows } from './store/write-rows.js';

export interface StepCall {
  readonly operation: Operation;
  readonly run: RunWithSteps;
  readonly position: number;
  readonly direction: Direction;
  readonly signal: AbortSignal;
  readonly handedOver: StepOutputs;
  readonly fault?: Fault | undefined;
  readonly pool: pg.Pool;
  readonly fence: number;
  /** Leave the rows of the step to whoever writes the journal. */
  readonly leavesRows: boolean;
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
  for (const step of run.steps.slice(0, position + 1).toReversed()) {
    const compensation = compensationAt(operation, step.position);
    if (!compensation || step.attempt === 0 || step.status === 'compensated') continue;
    const items = await compensation.list(
      contextOf({ run, position: step.position, signal, handedOver: {} }),
    );
    left.push(...items.map((item) => ({ step: step.name, what: item.what, id: item.id })));
  }
  return left;
}

async function perform(call: StepCall): Promise<PreparedRows> {
  const step = stepOf(call.operation, call.run.steps[call.position]?.name ?? '');
  if (typeof step === 'function') return { output: await step(contextOf(call)), rows: [] };
  const ctx = contextOf(call);
  const prepared = await step.prepare(ctx);
  if (call.leavesRows) return prepared;
  await writeOwnRows(call, prepared.rows, step);
  return { output: step.after ? await step.after(ctx) : prepared.output, rows: [] };
}

async function undo(call: StepCall): Promise<PreparedRows> {
  const compensation = compensationAt(call.operation, call.position);
  let rows: Rows = [];
  if (compensation && 'rows' in compensation) {
    rows = await compensation.rows(contextOf(call));
    if (!call.leavesRows) await writeOwnRows(call, rows, compensation);
  } else await compensation?.undo(contextOf(call));
  return { output: null, rows: call.leavesRows ? rows : [] };
}

/** Writes the rows of a step by themselves. @throws LeaseLost, and what `toStepError` makes of a refusal */
async function writeOwnRows(
  { pool, run, fence }: StepCall,
  rows: Rows,
  { toStepError }: Pick<RowStep, 'toStepError'>,
): Promise<void> {
  try {
    await writeRows(sqlOfPool(pool), { id: run.id, fence }, rows);
  } catch (error) {
    throw toStepError(error);
  }
}

function contextOf(call: Pick<StepCall, 'run' | 'position' | 'signal' | 'handedOver'>): StepContext {
  const { run, position, signal, handedOver } = call;
  const step = run.steps[position];
  return {
    run: factsOf(run),
    attempt: step?.attempt ?? 0,
    outputs: outputsOf(run.steps),
    idempotencyKey: `${run.id}:${step?.name ?? ''}`,
    handedOver,
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
