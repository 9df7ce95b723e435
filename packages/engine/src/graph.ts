/** The steps of a plan as a graph: what may start, and what is undone next. Pure: bundled into Temporal's workflows. */
import type { Plan, StepPlan } from './plan.js';
import type { StepRecord } from './run.js';

/** Positions of the steps that must have succeeded before the one at `position` starts. Without a word it is the one before. */
export function needsOf({ steps }: Pick<Plan, 'steps'>, position: number): readonly number[] {
  const needs = steps[position]?.needs;
  if (!needs) return position === 0 ? [] : [position - 1];
  return needs.map((name) => positionOf(steps, name, position));
}

/** Positions of all steps that must have succeeded before the one at `position` starts, in the order of the plan. */
export function allNeedsOf(plan: Pick<Plan, 'steps'>, position: number): readonly number[] {
  const all = new Set<number>();
  const add = (needs: readonly number[]) => {
    for (const need of needs) {
      if (!all.has(need)) add(needsOf(plan, need));
      all.add(need);
    }
  };
  add(needsOf(plan, position));
  return [...all].toSorted((a, b) => a - b);
}

/** Whether steps of the plan may run at the same time. @throws RangeError for a need that no earlier step has the name of */
export function isParallel(plan: Pick<Plan, 'steps'>): boolean {
  return plan.steps
    .map((_step, position) => needsOf(plan, position))
    .some((needs, position) => position > 0 && !needs.includes(position - 1));
}

/** Positions of the steps that may start now, in the order of the plan: nothing that they need is left to do. */
export function readySteps(plan: Pick<Plan, 'steps'>, isDone: (position: number) => boolean): number[] {
  return plan.steps
    .map((_step, position) => position)
    .filter((position) => !isDone(position) && needsOf(plan, position).every(isDone));
}

type Finished = Pick<StepRecord, 'position' | 'status' | 'attempt' | 'finishedAt'>;

/**
 * Positions of the steps that a rollback undoes, in its order: the reverse of the order in which they ended, those without an end
 * first. A step is never undone before those that need it, whatever a clock said.
 */
export function undoOrder(plan: Pick<Plan, 'steps'>, steps: readonly Finished[]): number[] {
  const left = new Set(steps.filter(isToUndo).map((step) => step.position));
  const latestFirst = steps.toSorted(
    (a, b) => compareText(b.finishedAt ?? '~', a.finishedAt ?? '~') || b.position - a.position,
  );
  const order: number[] = [];
  while (left.size > 0) {
    const isNeeded = (position: number) => [...left].some((other) => needsOf(plan, other).includes(position));
    const next = latestFirst.find(({ position }) => left.has(position) && !isNeeded(position));
    if (!next) break;
    left.delete(next.position);
    order.push(next.position);
  }
  return order;
}

const isToUndo = ({ attempt, status }: Finished) => attempt > 0 && status !== 'compensated';

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function positionOf(steps: readonly StepPlan[], name: string, before: number): number {
  const position = steps.findIndex((step) => step.name === name);
  if (position < 0 || position >= before)
    throw new RangeError(`Step ${steps[before]?.name ?? ''} needs ${name}, which is no earlier step`);
  return position;
}
