import { listLeft } from '../call-step.js';
import { leaseOf } from '../lease.js';
import type { Transition } from '../reducer.js';
import type { Failure } from '../run.js';
import { UnitOfWork } from '../unit-of-work.js';
import type { ActivityContext } from './activity-context.js';
import { claimForActivity } from './claim-for-activity.js';
import { BETWEEN } from './step-activity.js';

/** Writes what the interpreter decided. Called again after a crash it finds its work done. Returns a cancel that came first. */
export async function publishTransition(
  ctx: ActivityContext,
  operationRunId: string,
  transition: Transition,
): Promise<Failure | null> {
  const run = await claimForActivity(ctx, operationRunId);
  if (!run) return null;
  const { registry } = ctx.options;
  const unit = new UnitOfWork(ctx.options, leaseOf(run), run);
  switch (transition.kind) {
    case 'turned':
    case 'stepFailed':
      if (run.direction === 'forward') unit.apply(transition);
      await unit.save({ release: BETWEEN });
      return null;
    case 'stuck':
      return unit.end({ ...transition, left: await listLeft(registry[run.type], run, transition.position) });
    default: {
      const cancelled = await unit.end(transition);
      if (cancelled) await unit.save({ release: BETWEEN });
      return cancelled;
    }
  }
}
