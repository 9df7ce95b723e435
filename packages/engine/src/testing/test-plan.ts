import { OPERATION_TYPES, type OperationType } from '@gangway/contract/operation-types';
import type { Plan, StepPlan } from '../plan.js';

const retry = { maximumAttempts: 3, backoffCoefficient: 2, initialIntervalMs: 50, maximumIntervalMs: 200 };

const step = (name: string, from: number, more: Partial<StepPlan> = {}): StepPlan => ({
  name,
  title: `Step ${name}`,
  progress: [from, from + 25],
  retry,
  timeoutMs: 3_000,
  compensation: `undo_${name}`,
  ...more,
});

/** The type whose steps `two` and `three` both need `one`, and `four` both of them; of the others each needs the one before. */
export const PARALLEL: OperationType = 'inventory.users';

/** Pure, so that the same file is bundled into the workflows of the Temporal suite. */
export function testPlan(type: OperationType): Plan {
  const { compensation: _none, ...four } = step('four', 75);
  const isParallel = type === PARALLEL;
  return {
    type,
    steps: [
      step('one', 0),
      step('two', 25),
      step('three', 50, { parameters: ['value'], ...(isParallel && { needs: ['one'] }) }),
      { ...four, ...(isParallel && { needs: ['two', 'three'] }) },
    ],
    outcome: (_input, outputs) => ({
      status: 'succeeded',
      reasonCode: null,
      message: null,
      warnings: [],
      result: {
        made: Object.keys(outputs),
        value: (outputs['three'] as { value: string | null } | undefined)?.value ?? null,
      },
    }),
  };
}

export const TEST_PLANS = Object.fromEntries(OPERATION_TYPES.map((type) => [type, testPlan(type)])) as Record<
  OperationType,
  Plan
>;
