import type { RunEvent } from '@gangway/contract/operations';
import { expect, test } from 'vitest';
import { applyRunEvent, type SeenRun } from './apply-run-event.js';

const step = (name: string): SeenRun['steps'][number] => ({
  name,
  title: name,
  status: 'pending',
  attempt: 0,
  reasonCode: null,
  message: null,
  evidence: null,
  startedAt: null,
  finishedAt: null,
});
const check = (status: 'waiting' | 'running' | 'pass'): NonNullable<SeenRun['checks']>[number] => ({
  key: 'sign_in',
  title: 'Sign-in',
  status,
  reasonCode: null,
  remedy: null,
  whoFixes: null,
  evidence: null,
});
const queued: SeenRun = {
  id: 'r',
  type: 'provider.connection.check',
  status: 'queued',
  progress: 0,
  step: null,
  attempt: 0,
  reasonCode: null,
  message: null,
  warnings: [],
  waitingUntil: null,
  result: null,
  steps: [step('sign_in')],
  checks: [check('waiting')],
  held: false,
  managedTenantId: null,
  providerConnectionId: null,
  onboardingSessionId: null,
  startedBy: 'owner@acme.example',
  cancelledBy: null,
  createdAt: '2026-05-03T10:00:00.000Z',
  startedAt: null,
  finishedAt: null,
};

function event(
  kind: RunEvent['kind'],
  run: Partial<RunEvent['run']>,
  changed: RunEvent['changed'] = null,
): RunEvent {
  const state = {
    status: 'running',
    progress: 0,
    step: null,
    attempt: 1,
    reasonCode: null,
    message: null,
    waitingUntil: null,
    held: false,
  } as const;
  return { runId: 'r', seq: 1, at: '2026-05-03T10:00:01.000Z', kind, run: { ...state, ...run }, changed };
}
const started = event(
  'step.started',
  { progress: 10, step: 'sign_in' },
  { name: 'sign_in', status: 'running', attempt: 1 },
);
const passed = event(
  'step.finished',
  { progress: 40 },
  { name: 'sign_in', status: 'succeeded', attempt: 1, check: check('pass') },
);

test('a started step runs, and so does its check', () => {
  const run = applyRunEvent(queued, started);
  expect(run).toMatchObject({ status: 'running', progress: 10, step: 'sign_in' });
  expect(run.steps[0]).toMatchObject({
    status: 'running',
    attempt: 1,
    startedAt: started.at,
    finishedAt: null,
  });
  expect(run.checks?.[0]?.status).toBe('running');
});

test('a finished step brings its check', () => {
  const run = applyRunEvent(applyRunEvent(queued, started), passed);
  expect(run.steps[0]).toMatchObject({ status: 'succeeded', finishedAt: passed.at });
  expect(run.checks?.[0]?.status).toBe('pass');
});

test('a replayed event changes nothing that is further already', () => {
  const done = applyRunEvent(applyRunEvent(queued, started), passed);
  expect(applyRunEvent(done, started)).toEqual(done);
});

test('a second attempt of a step runs again', () => {
  const failed = applyRunEvent(
    queued,
    event('step.failed', { progress: 10 }, { name: 'sign_in', status: 'failed', attempt: 1 }),
  );
  const again = applyRunEvent(
    failed,
    event('step.started', { progress: 10 }, { name: 'sign_in', status: 'running', attempt: 2 }),
  );
  expect(again.steps[0]).toMatchObject({ status: 'running', attempt: 2 });
});
