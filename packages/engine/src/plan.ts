/**
 * What a run does, as data: the same plan is interpreted on both engines, and Temporal bundles it into its workflow
 * sandbox. So nothing here may touch a clock, a random source, a Node module or an effect.
 */
import type { Warning } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import type { RunReasonCode } from '@gangway/contract/reason-codes';
import type { Json, JsonObject } from './json.js';

export type { Json, JsonObject } from './json.js';

export interface RetryPolicy {
  readonly maximumAttempts: number;
  readonly backoffCoefficient: number;
  readonly initialIntervalMs: number;
  readonly maximumIntervalMs: number;
}

/** The documented default of every step. */
export const DEFAULT_RETRY: RetryPolicy = {
  maximumAttempts: 3,
  backoffCoefficient: 2,
  initialIntervalMs: 1_000,
  maximumIntervalMs: 30_000,
};

/** One attempt of a step may take this long unless its plan says otherwise. */
export const DEFAULT_STEP_TIMEOUT_MS = 60_000;

export interface StepPlan {
  /** Unique in its plan; effects are registered under it, and the check report of a verification is keyed by it. */
  readonly name: string;
  readonly title: string;
  /** Names of earlier steps that must have succeeded before this one starts. Absent: the step before it. */
  readonly needs?: readonly string[];
  /** Progress of the run in percent when the step begins and when it ends. */
  readonly progress: readonly [from: number, to: number];
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
  /** Name of the registered compensation that undoes this step. */
  readonly compensation?: string;
  /** Input fields this step consumes: an update of one is accepted until the step starts. */
  readonly parameters?: readonly string[];
}

/** How a run ended. `failed` without a failed step is a report with bad news: nothing is rolled back for it. */
export interface RunOutcome {
  readonly status: 'succeeded' | 'failed';
  readonly reasonCode: RunReasonCode | null;
  /** Sanitised: shown to people. Null: the title of the reason code. */
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly result: JsonObject | null;
  /** The field of `result` that takes the instant at which the run ends, ISO 8601, by the database's clock. */
  readonly stampedField?: string;
}

export type StepOutputs = { readonly [stepName: string]: Json };

export interface Plan {
  readonly type: OperationType;
  readonly steps: readonly StepPlan[];
  /** Called once every step has succeeded. Pure. */
  readonly outcome: (input: JsonObject, outputs: StepOutputs) => RunOutcome;
}

/** Milliseconds to wait after the `failures`-th failure (from 1); a provider's Retry-After is honoured when it is longer. */
export function retryDelayMs(policy: RetryPolicy, failures: number, retryAfterMs: number | null): number {
  const backoff = policy.initialIntervalMs * policy.backoffCoefficient ** (failures - 1);
  return Math.max(Math.min(backoff, policy.maximumIntervalMs), retryAfterMs ?? 0);
}

/** Index of the first step that consumes `field`, or null where no step does. */
export function consumerOf(plan: Plan, field: string): number | null {
  const index = plan.steps.findIndex((step) => step.parameters?.includes(field));
  return index < 0 ? null : index;
}
