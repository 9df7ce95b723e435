import type { Lease } from './lease.js';
import type { EngineOptions } from './options.js';
import type { RunWithSteps } from './run.js';
import { toFailure, UnitOfWork } from './unit-of-work.js';

/** How many workers a run may lose at one step before it is parked, unless the options say otherwise. */
const MAX_CRASHES = 3;

/**
 * Parks a run that has taken its workers down repeatedly, so that the others go on; an operator resumes it or rolls it back.
 * @returns whether the run is one of those
 */
export async function parkIfPoisonous(
  options: EngineOptions,
  lease: Lease,
  run: RunWithSteps,
): Promise<boolean> {
  const { id, crashes, steps, stepPosition } = run;
  const position = steps.find((step) => step.status === 'running')?.position ?? stepPosition;
  if (crashes < (options.maxCrashes ?? MAX_CRASHES)) return false;
  options.log?.error({ runId: id, crashes }, 'A run was parked: its workers were lost repeatedly');
  const unit = new UnitOfWork(options, lease, run);
  await unit.end({ kind: 'held', position, failure: toFailure('run.worker_lost') });
  return true;
}
