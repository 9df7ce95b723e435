import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allNeedsOf, isParallel, needsOf, readySteps, undoOrder } from './graph.js';
import { interpret, type RunPort, type RunStart } from './interpret.js';
import type { Plan, StepPlan } from './plan.js';
import type { Transition } from './reducer.js';
import type { Failure, StepRecord } from './run.js';
import { PARALLEL, testPlan } from './testing/test-plan.js';

const LINEAR = testPlan('tenant.create');
const DIAMOND = testPlan(PARALLEL);
const REFUSED: Failure = { reasonCode: 'tenant.duplicate', message: null, evidence: null };

const ended = (position: number, finishedAt: string | null, attempt = 1): StepRecord => ({
  ...{ position, name: `${position}`, title: '', status: 'succeeded', attempt, failures: 0, output: null },
  ...{ reasonCode: null, message: null, evidence: null, startedAt: null, finishedAt, retryInMs: null },
});

describe('the steps of a plan', () => {
  it('need the one before, unless they say otherwise', () => {
    expect([0, 1, 2, 3].map((position) => needsOf(LINEAR, position))).toEqual([[], [0], [1], [2]]);
    expect([0, 1, 2, 3].map((position) => needsOf(DIAMOND, position))).toEqual([[], [0], [0], [1, 2]]);
    expect(allNeedsOf(DIAMOND, 3)).toEqual([0, 1, 2]);
    expect([isParallel(LINEAR), isParallel(DIAMOND)]).toEqual([false, true]);
  });

  it('need only earlier ones, which exist', () => {
    const plan = (needs: string[]): Plan => ({
      ...LINEAR,
      steps: LINEAR.steps.map((step, position) => (position === 1 ? { ...step, needs } : step)),
    });
    for (const needs of [['three'], ['two'], ['nonsense']])
      expect(() => isParallel(plan(needs))).toThrow(RangeError);
  });

  it('are ready when all that they need has succeeded', () => {
    const ready = (...done: number[]) => readySteps(DIAMOND, (position) => done.includes(position));
    expect([ready(), ready(0), ready(0, 2), ready(0, 1, 2)]).toEqual([[0], [1, 2], [1], [3]]);
  });

  it('are undone in the reverse order of their ends, what has none first, and never before what needs them', () => {
    const at = (second: number) => `2026-11-01T00:00:0${second}.000Z`;
    expect(undoOrder(DIAMOND, [ended(0, at(1)), ended(1, at(3)), ended(2, at(2))])).toEqual([1, 2, 0]);
    expect(undoOrder(DIAMOND, [ended(0, at(1)), ended(1, at(2)), ended(2, null)])).toEqual([2, 1, 0]);
    // A clock that went back, steps that ended in one statement, and one that never began.
    expect(undoOrder(DIAMOND, [ended(0, at(9)), ended(1, at(2)), ended(2, at(2))])).toEqual([2, 1, 0]);
    expect(undoOrder(DIAMOND, [ended(0, at(1)), ended(1, at(2)), ended(2, null, 0)])).toEqual([1, 0]);
  });
});

/** Plans of up to seven steps, each with any needs among the earlier ones. */
const plans = fc
  .array(fc.array(fc.nat({ max: 6 }), { maxLength: 3 }), { minLength: 1, maxLength: 7 })
  .map((needs): Plan => {
    const name = (position: number) => `step_${position}`;
    const steps = needs.map((of, position): StepPlan => ({
      ...{ name: name(position), title: '', progress: [0, 0], compensation: 'undo' },
      needs: [...new Set(of.filter((need) => need < position))].map(name),
    }));
    return { ...LINEAR, steps };
  });

interface Walk {
  readonly started: number[];
  readonly ended: number[];
  readonly undone: number[];
  readonly kinds: Transition['kind'][];
  readonly most: number;
}

/** Walks a plan; steps end in the order that `order` draws, and `failing` fails. */
async function walk(plan: Plan, room: number, order: () => number, failing: number | null): Promise<Walk> {
  const walked = { started: [] as number[], ended: [] as number[], undone: [] as number[], most: 0 };
  const kinds: Transition['kind'][] = [];
  const running = new Map<number, () => void>();
  const port: RunPort = {
    room: (count) => room - count,
    drainSignals: () => Promise.resolve(null),
    async runStep(position, direction) {
      if (direction === 'undo') {
        walked.undone.push(position);
        return { kind: 'done', output: null, input: {} };
      }
      walked.started.push(position);
      for (const need of needsOf(plan, position)) expect(walked.ended).toContain(need);
      const end = new Promise<void>((resolve) => running.set(position, resolve));
      walked.most = Math.max(walked.most, running.size);
      setImmediate(() => [...running.values()][order() % running.size]?.());
      await end;
      running.delete(position);
      if (running.size > 0) setImmediate(() => [...running.values()][order() % running.size]?.());
      if (position === failing) return { kind: 'failed', failure: REFUSED };
      walked.ended.push(position);
      return { kind: 'done', output: position, input: {} };
    },
    publish(transition) {
      kinds.push(transition.kind);
      return Promise.resolve(null);
    },
  };
  const start: RunStart = {
    direction: 'forward',
    position: 0,
    failure: null,
    outputs: {},
    failurePolicy: 'rollback',
  };
  await interpret(port, plan, { ...start, done: [], toUndo: [] });
  return { ...walked, kinds };
}

describe('whatever a plan looks like', () => {
  const rooms = fc.integer({ min: 1, max: 4 });
  const orders = fc.infiniteStream(fc.nat({ max: 100 }));

  it('every step runs once, after what it needs, and no more at once than there is room for', async () => {
    await fc.assert(
      fc.asyncProperty(plans, rooms, orders, async (plan, room, stream) => {
        const { started, kinds, most } = await walk(plan, room, () => stream.next().value ?? 0, null);
        expect(started.toSorted((a, b) => a - b)).toEqual(plan.steps.map((_step, position) => position));
        expect(kinds.filter((kind) => kind === 'succeeded')).toHaveLength(1);
        expect(kinds.at(-1)).toBe('succeeded');
        expect(most).toBeLessThanOrEqual(room);
      }),
    );
  });

  it('a failed step ends the run: what needs it never starts, and all that began is undone, the last end first', async () => {
    await fc.assert(
      fc.asyncProperty(plans, rooms, orders, fc.nat({ max: 6 }), async (plan, room, stream, failing) => {
        fc.pre(failing < plan.steps.length);
        const walked = await walk(plan, room, () => stream.next().value ?? 0, failing);
        for (const [position] of plan.steps.entries())
          if (allNeedsOf(plan, position).includes(failing)) expect(walked.started).not.toContain(position);
        expect(walked.undone.toSorted()).toEqual(walked.started.toSorted());
        const others = walked.undone.filter((position) => position !== failing);
        expect(others).toEqual(walked.ended.toReversed());
        expect(walked.kinds.at(-1)).toBe('failed');
      }),
    );
  });
});
