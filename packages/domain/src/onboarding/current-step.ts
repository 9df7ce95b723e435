import type { OnboardingStep, STEP_STATES } from '@gangway/contract/onboarding';
import type { RunStatus } from '@gangway/contract/operations';

type StepState = (typeof STEP_STATES)[number];

/** All that decides where a session stands. Nothing of it is stored a second time. */
export interface SessionFacts {
  readonly status: 'open' | 'completed' | 'abandoned';
  readonly hasConnection: boolean;
  /** The newest verification of the connection as it is now; null where there is none or it is stale. */
  readonly verification: RunStatus | null;
  readonly isStale: boolean;
  /** The newest run of each bootstrap operation. */
  readonly bootstrap: readonly RunStatus[];
}

/** The step to go on with. */
export function currentStep(facts: SessionFacts): OnboardingStep {
  if (facts.status === 'completed') return 'complete';
  if (!facts.hasConnection) return 'connection';
  if (facts.verification !== 'succeeded') return 'verify';
  return 'bootstrap';
}

/** The state of every step in words the screens show. */
export function stepStates(facts: SessionFacts): { key: OnboardingStep; state: StepState }[] {
  return [
    // A session exists only once its tenant is identified.
    { key: 'identify', state: 'done' },
    { key: 'connection', state: facts.hasConnection ? 'done' : 'in_progress' },
    { key: 'verify', state: verifyState(facts) },
    { key: 'bootstrap', state: bootstrapState(facts) },
    { key: 'complete', state: completeState(facts) },
  ];
}

function verifyState(facts: SessionFacts): StepState {
  if (!facts.hasConnection) return 'locked';
  if (facts.isStale || facts.verification === 'failed') return 'needs_attention';
  if (facts.verification === null) return 'not_started';
  return facts.verification === 'succeeded' ? 'done' : 'in_progress';
}

function bootstrapState(facts: SessionFacts): StepState {
  if (facts.bootstrap.some((status) => status === 'queued' || status === 'running')) return 'in_progress';
  if (facts.bootstrap.includes('failed')) return 'needs_attention';
  if (facts.bootstrap.length > 0 || facts.status === 'completed') return 'done';
  return facts.hasConnection && facts.verification === 'succeeded' ? 'not_started' : 'locked';
}

function completeState(facts: SessionFacts): StepState {
  if (facts.status === 'completed') return 'done';
  return currentStep(facts) === 'bootstrap' ? 'not_started' : 'locked';
}
