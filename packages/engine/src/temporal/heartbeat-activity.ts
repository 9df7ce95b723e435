import { Context } from '@temporalio/activity';
import { CancelledFailure } from '@temporalio/common';
import { interrupt, type Lease } from '../lease.js';
import { heartbeatRuns } from '../store/heartbeat-runs.js';
import { sqlOfPool } from '../store/sql.js';
import type { ActivityContext } from './activity-context.js';

/**
 * Renews the lease of a run and keeps the current activity alive, and ends the effect when either says so. Gives what stops it.
 * `details`: what Temporal shows with the last heartbeat.
 */
export function heartbeatActivity(
  ctx: ActivityContext,
  lease: Lease,
  details: () => unknown = () => undefined,
): () => void {
  const activity = Context.current();
  const onCancelled = () => {
    const reason: unknown = activity.cancellationSignal.reason;
    const why = reason instanceof CancelledFailure ? reason.message : '';
    interrupt(lease, why === 'WORKER_SHUTDOWN' ? 'drain' : why === 'CANCELLED' ? 'cancel' : 'lost');
  };
  activity.cancellationSignal.addEventListener('abort', onCancelled, { once: true });
  const timer = setInterval(() => {
    activity.heartbeat(details());
    const { fence } = lease;
    heartbeatRuns(sqlOfPool(ctx.options.db.pool), [lease], ctx).then(
      ([alive]) => {
        // A fence that rose meanwhile means that the run was read again after a broken connection.
        if (!alive && lease.fence === fence) interrupt(lease, 'lost');
        else if (alive?.isCancelRequested) interrupt(lease, 'cancel');
      },
      () => undefined, // the database does not answer; the fence decides when it does
    );
  }, ctx.leaseMs / 4);
  return () => {
    clearInterval(timer);
    activity.cancellationSignal.removeEventListener('abort', onCancelled);
  };
}
