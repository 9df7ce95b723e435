import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret, type RunPort, startOf, type StepResult } from './interpret.js';
import type { Json } from './json.js';
import { type EventDraft, reduce, type Transition } from './reducer.js';
import { type Failure, isEnded, NOW, type RunWithSteps, snapshotOf } from './run.js';
import { newRunRecord } from './testing/new-run-record.js';
import { testPlan } from './testing/test-plan.js';

const PLAN = testPlan('tenant.create');
const REFUSED: Failure = { reasonCode: 'tenant.duplicate', message: null, evidence: null };
const CANCELLED: Failure = { reasonCode: 'run.cancelled', message: 'No longer wanted', evidence: null };

function after(...transitions: Transition[]) {
  let run = newRunRecord(PLAN);
  let events: readonly EventDraft[] = [];
  for (const transition of transitions) ({ run, events } = reduce(PLAN, run, transition));
  return { run, events };
}

const started = (position: number): Transition => ({ kind: 'started', position });
const advanced = (position: number, output: Json = null): Transition => ({
  kind: 'advanced',
  position,
  output,
});
const outcome = { status: 'succeeded', reasonCode: null, message: null, warnings: [], result: {} } as const;
const statuses = (run: RunWithSteps) => run.steps.map((step) => step.status);
const told = (events: readonly EventDraft[]) => events.map(({ kind, run }) => `${kind} ${run.status}`);

describe('reduce', () => {
  it.each<[string, Transition[], object, string[], string[]]>([
    [
      'a step that starts',
      [started(0)],
      { status: 'running', step: 'one', attempt: 1, progress: 0, stepPosition: 0 },
      ['running', 'pending', 'pending', 'pending'],
      ['step.started running'],
    ],
    [
      'a step that succeeds',
      [started(0), advanced(0)],
      { status: 'running', progress: 25, stepPosition: 1 },
      ['succeeded', 'pending', 'pending', 'pending'],
      ['step.finished running'],
    ],
    [
      'an attempt that fails, with another one to follow',
      [started(0), { kind: 'retrying', position: 0, failure: REFUSED, delayMs: 50 }],
      { status: 'running', reasonCode: 'tenant.duplicate' },
      ['running', 'pending', 'pending', 'pending'],
      ['run.waiting running'],
    ],
    [
      'the last step that succeeds',
      [started(3), { kind: 'succeeded', position: 3, output: null, outcome }],
      { status: 'succeeded', progress: 100, finishedAt: NOW },
      ['pending', 'pending', 'pending', 'succeeded'],
      ['step.finished running', 'run.finished succeeded'],
    ],
    [
      'a report with bad news',
      [
        started(3),
        {
          kind: 'succeeded',
          position: 3,
          output: null,
          outcome: { ...outcome, status: 'failed', reasonCode: 'permission.missing' },
        },
      ],
      { status: 'failed', reasonCode: 'permission.missing', progress: 100, held: false },
      ['pending', 'pending', 'pending', 'succeeded'],
      ['step.finished running', 'run.finished failed'],
    ],
    [
      'a rollback that begins at a step that failed',
      [started(0), advanced(0), started(1), { kind: 'turned', position: 1, failure: REFUSED }],
      { status: 'running', direction: 'undo', failure: REFUSED, message: 'Rolling back', stepPosition: 1 },
      ['succeeded', 'failed', 'skipped', 'skipped'],
      ['step.failed running'],
    ],
    [
      'a rollback that begins before a step',
      [started(0), advanced(0), { kind: 'turned', position: 1, failure: CANCELLED }],
      { direction: 'undo', stepPosition: 1 },
      ['succeeded', 'skipped', 'skipped', 'skipped'],
      [],
    ],
    [
      'a step that is undone',
      [started(0), { kind: 'turned', position: 0, failure: REFUSED }, { kind: 'undone', position: 0 }],
      { step: 'one', stepPosition: -1 },
      ['compensated', 'skipped', 'skipped', 'skipped'],
      ['step.compensated running'],
    ],
    [
      'a step that had not begun when it was to be undone',
      [
        { kind: 'turned', position: 0, failure: REFUSED },
        { kind: 'undone', position: 0 },
      ],
      { stepPosition: -1 },
      ['skipped', 'skipped', 'skipped', 'skipped'],
      [],
    ],
    [
      'a run that is parked',
      [started(0), advanced(0), started(1), { kind: 'held', position: 1, failure: REFUSED }],
      { status: 'failed', held: true, reasonCode: 'tenant.duplicate', stepPosition: 1, finishedAt: NOW },
      ['succeeded', 'failed', 'pending', 'pending'],
      ['step.failed running', 'run.finished failed'],
    ],
    [
      'a run that is rolled back',
      [{ kind: 'failed', position: null, failure: CANCELLED, rolledBack: true }],
      { status: 'failed', reasonCode: 'run.cancelled', message: 'No longer wanted', failure: null },
      ['pending', 'pending', 'pending', 'pending'],
      ['run.finished failed'],
    ],
    [
      'a run that fails with nothing to undo',
      [started(0), { kind: 'failed', position: 0, failure: REFUSED, rolledBack: false }],
      { status: 'failed', reasonCode: 'tenant.duplicate', warnings: [] },
      ['failed', 'skipped', 'skipped', 'skipped'],
      ['step.failed running', 'run.finished failed'],
    ],
    [
      'a compensation that fails for good',
      [
        started(0),
        { kind: 'turned', position: 0, failure: REFUSED },
        { kind: 'stuck', position: 0, failure: REFUSED, left: [{ what: 'thing', id: 'x' }] },
      ],
      {
        status: 'failed',
        reasonCode: 'run.rollback_failed',
        result: { left: [{ what: 'thing', id: 'x' }], cause: 'tenant.duplicate' },
      },
      ['failed', 'skipped', 'skipped', 'skipped'],
      ['step.failed running', 'run.finished failed'],
    ],
  ])('%s', (_name, transitions, fields, steps, events) => {
    const reduced = after(...transitions);
    expect(reduced.run).toMatchObject(fields);
    expect(statuses(reduced.run)).toEqual(steps);
    expect(told(reduced.events)).toEqual(events);
  });

  it('counts starts, keeps the first one, and counts the failures of a step until it fails for good', () => {
    const { run } = after(
      started(0),
      { kind: 'retrying', position: 0, failure: REFUSED, delayMs: 50 },
      started(0),
    );
    expect(run.steps[0]).toMatchObject({ attempt: 2, failures: 1, startedAt: NOW });
    expect(reduce(PLAN, run, { kind: 'held', position: 0, failure: REFUSED }).run.steps[0]).toMatchObject({
      failures: 0,
      finishedAt: NOW,
    });
  });

  it('forgets no crash but with a step that succeeds', () => {
    const run = { ...newRunRecord(PLAN), crashes: 2 };
    expect(reduce(PLAN, run, started(0)).run.crashes).toBe(2);
    expect(reduce(PLAN, run, advanced(0)).run.crashes).toBe(0);
  });

  it('rejects a position that the run does not have', () => {
    expect(() => after(started(4))).toThrow(RangeError);
  });
});

/** What happens at each call of a port, as long as it lasts; then everything succeeds. */
const script = fc.array(fc.constantFrom('done', 'done', 'retrying', 'refused', 'cancelled'), {
  maxLength: 12,
});

/** Executes a run in memory: every state it was in, and every event. */
async function execute(happens: readonly string[], failurePolicy: RunWithSteps['failurePolicy']) {
  const left = [...happens];
  const states = [Object.freeze(newRunRecord(PLAN, { failurePolicy }))];
  const events: EventDraft[] = [];
  const apply = (transition: Transition) => {
    const { run, events: more } = reduce(PLAN, states.at(-1) as RunWithSteps, transition);
    states.push(deepFreeze(run));
    events.push(...more);
    if (more.length > 0) expect(more.at(-1)?.run).toEqual(snapshotOf(run));
  };
  const port: RunPort = {
    room: (running) => 1 - running,
    drainSignals: () => Promise.resolve(left[0] === 'cancelled' && left.shift() ? CANCELLED : null),
    async runStep(position, direction): Promise<StepResult> {
      if (direction === 'forward') apply({ kind: 'started', position });
      for (;;) {
        const next = left.shift() ?? 'done';
        if (next === 'refused') return { kind: 'failed', failure: REFUSED };
        if (next !== 'retrying') return { kind: 'done', output: position, input: {} };
        apply({ kind: 'retrying', position, failure: REFUSED, delayMs: 1 });
      }
    },
    publish(transition) {
      apply(transition);
      return Promise.resolve(null);
    },
  };
  await interpret(port, PLAN, startOf(PLAN, states[0] as RunWithSteps));
  return { states, events, last: states.at(-1) as RunWithSteps };
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}

describe('whatever happens', () => {
  it('a run ends once, its progress never falls, and its events say what became of every step', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.constantFrom('rollback', 'hold'), async (happens, policy) => {
        const { states, events, last } = await execute(happens, policy);
        expect(isEnded(last)).toBe(true);
        expect(events.filter(({ kind }) => kind === 'run.finished')).toHaveLength(1);
        expect(events.at(-1)?.kind).toBe('run.finished');
        const progress = events.map(({ run }) => run.progress);
        expect(progress).toEqual(progress.toSorted((a, b) => a - b));
        for (const step of last.steps) {
          const said = events.findLast(({ changed }) => changed?.name === step.name)?.changed?.status;
          expect(said ?? step.status).toBe(step.status);
        }
        // What has succeeded is done, or undone.
        for (const [index, state] of states.entries())
          for (const step of states[index - 1]?.steps ?? [])
            if (step.status === 'succeeded')
              expect(['succeeded', 'compensated', 'failed']).toContain(state.steps[step.position]?.status);
      }),
    );
  });

  it('nothing is left of a run that is rolled back, and the failure that led to it is the reason', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (happens) => {
        const { last } = await execute(happens, 'rollback');
        if (last.warnings.length === 0) return;
        const left = last.steps.filter((step) => step.position < 3 && step.attempt > 0);
        expect(left.every((step) => step.status === 'compensated')).toBe(true);
        expect(['tenant.duplicate', 'run.cancelled']).toContain(last.reasonCode);
      }),
    );
  });
});
