import type { AppContext } from '@gangway/domain/app-context';
import { readEndedRuns, type EndedRun } from '@gangway/domain/monitoring/read-ended-runs';
import { Counter, Histogram, type Registry } from 'prom-client';
import { oncePerScrape } from './once-per-scrape.js';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
/** Ended runs that nobody has looked at yet; where nobody ever looks, the oldest are forgotten. */
const MAX_PENDING = 10_000;

export interface OperationMetrics {
  /** To be told of every run that this process ends or parks, in whatever comes of it. */
  readonly ended: (run: { readonly id: string; readonly type: string; readonly held: boolean }) => void;
}

/**
 * How runs and their steps went, by type. What a worker ends is only noted; its rows are read when somebody looks, so
 * that a run costs the database nothing more, and of what ended only what was really written is counted. What is parked
 * is counted as it happens, since it may have gone on by then.
 */
export function createOperationMetrics(registry: Registry, app: Pick<AppContext, 'db'>): OperationMetrics {
  const registers = [registry];
  const pending = new Set<string>();
  const collect = oncePerScrape(
    async () => {
      const ids = [...pending];
      if (ids.length === 0) return;
      const runs = await readEndedRuns(app, ids);
      for (const id of ids) pending.delete(id);
      for (const run of runs) observe(run);
    },
    () => {
      // They stay noted, for when the database is back.
    },
  );
  const runSeconds = new Histogram({
    name: 'gangway_operation_run_duration_seconds',
    help: 'From the acceptance of a run to its end.',
    labelNames: ['type', 'status'],
    buckets: SECONDS,
    ...{ registers, collect },
  });
  const runFailures = new Counter({
    name: 'gangway_operation_run_failures_total',
    help: 'Runs that failed, by reason code.',
    labelNames: ['type', 'reason_code'],
    ...{ registers, collect },
  });
  const stepSeconds = new Histogram({
    name: 'gangway_operation_step_duration_seconds',
    help: 'From the first start of a step to its end, waits between attempts included.',
    labelNames: ['type', 'step', 'status'],
    buckets: SECONDS,
    ...{ registers, collect },
  });
  const stepFailures = new Counter({
    name: 'gangway_operation_step_failures_total',
    help: 'Attempts of a step that failed, those that were retried with success included.',
    labelNames: ['type', 'step'],
    ...{ registers, collect },
  });
  const parked = new Counter({
    name: 'gangway_operation_runs_parked_total',
    help: 'Runs that were parked and wait for somebody to resume them or roll them back.',
    labelNames: ['type'],
    registers,
  });
  function observe({ type, status, reasonCode, seconds, steps }: EndedRun): void {
    runSeconds.observe({ type, status }, seconds);
    if (status === 'failed') runFailures.inc({ type, reason_code: reasonCode ?? 'unknown' });
    for (const step of steps) {
      const labels = { type, step: step.name };
      if (step.seconds !== null) stepSeconds.observe({ ...labels, status: step.status }, step.seconds);
      if (step.failures > 0) stepFailures.inc(labels, step.failures);
    }
  }
  return {
    ended({ id, type, held }) {
      if (held) {
        parked.inc({ type });
        return;
      }
      pending.add(id);
      const [oldest] = pending;
      if (pending.size > MAX_PENDING && oldest !== undefined) pending.delete(oldest);
    },
  };
}
