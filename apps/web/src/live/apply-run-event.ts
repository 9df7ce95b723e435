import type {
  Check,
  PermissionRow,
  Run,
  RunEvent,
  RunStatus,
  Step,
  StepStatus,
} from '@gangway/contract/operations';

const RUN_RANK: Record<RunStatus, number> = { queued: 0, running: 1, succeeded: 2, failed: 2 };
const STEP_RANK: Record<StepStatus, number> = {
  pending: 0,
  running: 1,
  succeeded: 2,
  failed: 2,
  skipped: 2,
  compensated: 3,
};

/** A run as it arrives: over JSON an absent report is absent, never undefined. */
export type SeenRun = Omit<Run, 'checks' | 'permissions'> & {
  checks?: Check[];
  permissions?: PermissionRow[];
};

/**
 * The run as it is after the event. A stream that starts late replays what the run already shows, so an event only
 * moves it forward: a finished step does not run again on screen, and progress never falls.
 */
export function applyRunEvent(run: SeenRun, event: RunEvent): SeenRun {
  const { changed } = event;
  const steps = changed
    ? run.steps.map((step) => (step.name === changed.name ? moveStep(step, event) : step))
    : run.steps;
  const found = changed?.check;
  const isStarting = changed?.status === 'running';
  const checks = run.checks?.map((check) => {
    if (isDone(check.status)) return check;
    if (check.key === found?.key) return found;
    return isStarting && check.key === changed.name ? { ...check, status: 'running' as const } : check;
  });
  const isOlder = RUN_RANK[event.run.status] < RUN_RANK[run.status] || event.run.progress < run.progress;
  return { ...run, ...(isOlder ? {} : event.run), steps, ...(checks && { checks }) };
}

function moveStep(step: Step, { changed, at }: RunEvent): Step {
  if (!changed || changed.attempt < step.attempt) return step;
  if (changed.attempt === step.attempt && STEP_RANK[changed.status] < STEP_RANK[step.status]) return step;
  const isRunning = changed.status === 'running';
  return {
    ...step,
    status: changed.status,
    attempt: changed.attempt,
    startedAt: step.startedAt ?? (isRunning ? at : null),
    finishedAt: isRunning ? null : at,
  };
}

function isDone(status: string): boolean {
  return status !== 'waiting' && status !== 'running';
}
