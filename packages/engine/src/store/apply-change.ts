import type { RunWithSteps } from './records.js';
import type { RunChange } from './run-change.js';

/** The run in memory as a change that was written leaves it, so that a worker need not read it again. */
export function applyChange(run: RunWithSteps, change: RunChange): RunWithSteps {
  const steps = run.steps.map((step) => {
    const patch = change.steps.find((candidate) => candidate.position === step.position);
    if (!patch) return step;
    const { starts, finishes: _finishes, ...fields } = patch;
    return { ...step, ...fields, attempt: step.attempt + (starts ? 1 : 0) };
  });
  return { ...run, ...change.run, progress: Math.max(run.progress, change.run.progress ?? 0), steps };
}
