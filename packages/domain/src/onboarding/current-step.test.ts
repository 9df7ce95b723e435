import { expect, test } from 'vitest';
import { currentStep, stepStates, type SessionFacts } from './current-step.js';

const fresh: SessionFacts = {
  status: 'open',
  hasConnection: false,
  verification: null,
  isStale: false,
  bootstrap: [],
};
const connected = { ...fresh, hasConnection: true };

test.each<[string, SessionFacts]>([
  ['connection', fresh],
  ['verify', connected],
  ['verify', { ...connected, verification: 'running' }],
  ['verify', { ...connected, verification: 'failed' }],
  ['verify', { ...connected, isStale: true }],
  ['bootstrap', { ...connected, verification: 'succeeded' }],
  ['bootstrap', { ...connected, verification: 'succeeded', bootstrap: ['succeeded', 'failed'] }],
  ['complete', { ...connected, status: 'completed', verification: 'succeeded' }],
])('the step is %s', (step, facts) => {
  expect(currentStep(facts)).toBe(step);
});

test('without a connection the later steps are locked', () => {
  expect(stepStates(fresh).map(({ state }) => state)).toEqual([
    'done',
    'in_progress',
    'locked',
    'locked',
    'locked',
  ]);
});

test('a stale or failed verification needs attention', () => {
  expect(stepStates({ ...connected, isStale: true })[2]?.state).toBe('needs_attention');
  expect(stepStates({ ...connected, verification: 'failed' })[2]?.state).toBe('needs_attention');
});

test('one failed bootstrap run is pointed at when all have ended', () => {
  const verified: SessionFacts = { ...connected, verification: 'succeeded' };
  expect(stepStates({ ...verified, bootstrap: ['failed', 'running'] })[3]?.state).toBe('in_progress');
  expect(stepStates({ ...verified, bootstrap: ['failed', 'succeeded'] })[3]?.state).toBe('needs_attention');
});
