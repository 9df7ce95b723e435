import { describe, expect, it } from 'vitest';
import { interpret, type RunPort, type RunStart } from './interpret.js';
import type { Transition } from './reducer.js';
import type { Failure } from './run.js';
import { testPlan } from './testing/test-plan.js';

const START: RunStart = {
  direction: 'forward',
  position: 0,
  failure: null,
  outputs: {},
  failurePolicy: 'rollback',
};
const REFUSED: Failure = { reasonCode: 'tenant.duplicate', message: null, evidence: null };
const CANCELLED: Failure = { reasonCode: 'run.cancelled', message: null, evidence: null };

interface Script {
  readonly failing?: readonly string[];
  readonly stopAt?: number;
  readonly stop?: Failure;
  /** A cancel is accepted before this end is written. */
  readonly cancelledBefore?: Transition['kind'];
}

async function walk(script: Script, start: Partial<RunStart> = {}) {
  const plan = testPlan('tenant.create');
  const calls: string[] = [];
  const transitions: Transition[] = [];
  let borders = 0;
  const port: RunPort = {
    room: (running) => 1 - running,
    drainSignals: () => Promise.resolve(borders++ === script.stopAt ? (script.stop ?? CANCELLED) : null),
    runStep(position, direction) {
      const name = `${plan.steps[position]?.name}${direction === 'undo' ? '.undo' : ''}`;
      calls.push(name);
      if (script.failing?.includes(name)) return Promise.resolve({ kind: 'failed', failure: REFUSED });
      return Promise.resolve({ kind: 'done', output: { name }, input: {} });
    },
    publish(transition) {
      if (transition.kind === script.cancelledBefore) return Promise.resolve(CANCELLED);
      transitions.push(transition);
      return Promise.resolve(null);
    },
  };
  await interpret(port, plan, { ...START, ...start });
  return { calls, kinds: transitions.map((transition) => transition.kind), last: transitions.at(-1) };
}

describe('interpret', () => {
  it('walks forward and ends with the outcome of the plan', async () => {
    const { calls, kinds, last } = await walk({});
    expect(calls).toEqual(['one', 'two', 'three', 'four']);
    expect(kinds).toEqual(['advanced', 'advanced', 'advanced', 'succeeded']);
    expect(last).toMatchObject({ outcome: { result: { made: ['one', 'two', 'three', 'four'] } } });
  });

  it('takes a run up where it stands', async () => {
    const { calls, last } = await walk(
      {},
      { position: 3, outputs: { one: 1, two: 2, three: { value: 'v' } } },
    );
    expect(calls).toEqual(['four']);
    expect(last).toMatchObject({ outcome: { result: { value: 'v' } } });
  });

  it.each([
    ['succeeded', [], ['four', 'three.undo', 'two.undo', 'one.undo']],
    ['held', ['three'], ['three', 'three.undo', 'two.undo', 'one.undo']],
  ] as const)('undoes a run that was cancelled just before it had %s', async (kind, failing, ending) => {
    const { calls, kinds, last } = await walk({ failing, cancelledBefore: kind }, { failurePolicy: 'hold' });
    expect(calls.slice(-4)).toEqual(ending);
    expect(kinds).not.toContain(kind);
    expect(last).toMatchObject({ kind: 'failed', failure: CANCELLED, rolledBack: true });
  });

  it('undoes the failed step too, then the others in reverse', async () => {
    const { calls, kinds, last } = await walk({ failing: ['three'] });
    expect(calls).toEqual(['one', 'two', 'three', 'three.undo', 'two.undo', 'one.undo']);
    expect(kinds.slice(2)).toEqual(['turned', 'undone', 'undone', 'undone', 'failed']);
    expect(last).toMatchObject({ failure: REFUSED, rolledBack: true });
  });

  it('goes on undoing after a restart', async () => {
    const { calls, kinds } = await walk({}, { direction: 'undo', position: 1, failure: REFUSED });
    expect(calls).toEqual(['two.undo', 'one.undo']);
    expect(kinds).toEqual(['undone', 'undone', 'failed']);
  });

  it('stops where a compensation fails, and says so', async () => {
    const { calls, last } = await walk({ failing: ['three', 'two.undo'] });
    expect(calls.at(-1)).toBe('two.undo');
    expect(last).toMatchObject({ kind: 'stuck', position: 1 });
  });

  it('parks a late failure under `hold`, but undoes an early one and a cancelled run', async () => {
    expect((await walk({ failing: ['two'] }, { failurePolicy: 'hold' })).kinds).toEqual(['advanced', 'held']);
    expect((await walk({ failing: ['one'] }, { failurePolicy: 'hold' })).kinds).toEqual([
      'turned',
      'undone',
      'failed',
    ]);
    expect((await walk({ stopAt: 1 }, { failurePolicy: 'hold' })).kinds).toContain('turned');
  });

  it.each([0, 1, 2, 3])('stops at border %s before the effect of the next step', async (stopAt) => {
    const { calls, last } = await walk({ stopAt });
    expect(calls.filter((call) => !call.endsWith('.undo'))).toHaveLength(stopAt);
    expect(last).toMatchObject({ kind: 'failed', failure: CANCELLED });
  });
});
