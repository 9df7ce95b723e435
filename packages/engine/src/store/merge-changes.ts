import type { RunRecord } from './records.js';
import type { EventDraft, RunChange, StepPatch } from './run-change.js';

/** Two changes of a run as one, the later after the earlier. */
export function mergeChanges(earlier: RunChange, later: RunChange): RunChange {
  const steps = new Map<number, StepPatch>();
  for (const patch of [...earlier.steps, ...later.steps])
    steps.set(patch.position, { ...steps.get(patch.position), ...patch });
  return {
    run: { ...earlier.run, ...later.run },
    steps: [...steps.values()],
    events: [...earlier.events, ...later.events],
    lease: later.lease,
  };
}

/** The events of a change that is written later, together with others: they say of the run what holds after this one. */
export function datedEvents(change: RunChange, run: RunRecord): EventDraft[] {
  const { status, progress, step, attempt, reasonCode, message, held } = run;
  const state = { status, progress, step, attempt, reasonCode, message, waitingUntil: null, held };
  return change.events.map((event) => ({ ...event, run: { ...state, ...event.run } }));
}
