import type { OnboardingStep, Session } from '@gangway/contract/onboarding';
import type { Tone } from '../ui/status-badge.js';

/** The four steps a person takes; `complete` is the screen behind them. */
export const WIZARD_STEPS = [
  'identify',
  'connection',
  'verify',
  'bootstrap',
] as const satisfies readonly OnboardingStep[];
export type WizardStep = (typeof WIZARD_STEPS)[number];
export type StepState = Session['steps'][number]['state'];

const ORDER: readonly OnboardingStep[] = [...WIZARD_STEPS, 'complete'];

export function isOnboardingStep(value: string): value is OnboardingStep {
  return (ORDER as readonly string[]).includes(value);
}

/** Whether `asked` lies beyond what the server says is reached. */
export function isPast(asked: OnboardingStep, current: OnboardingStep): boolean {
  return ORDER.indexOf(asked) > ORDER.indexOf(current);
}

export const STEP_TONES: Record<StepState, Tone> = {
  not_started: 'idle',
  in_progress: 'info',
  needs_attention: 'warn',
  done: 'ok',
  locked: 'locked',
};
