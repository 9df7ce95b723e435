import type { RunWithSteps } from './run.js';

/** Why a worker stops executing a run before its end. */
export type Interruption = 'cancel' | 'lost' | 'drain' | 'restart';

/** The right of this process to write a run, for as long as nobody has claimed it with a newer fence. */
export interface Lease {
  readonly runId: string;
  /** Rises when the run is read again after a broken connection. */
  fence: number;
  /** Aborted with an {@link Interruption}. */
  controller: AbortController;
  /** The run is rolled back: a cancel has nothing to add. */
  isUndoing: boolean;
}

export function leaseOf({ id, fence }: Pick<RunWithSteps, 'id' | 'fence'>, isUndoing = false): Lease {
  return { runId: id, fence, controller: new AbortController(), isUndoing };
}

export function interrupt(lease: Lease, reason: Interruption): void {
  if (reason === 'cancel' && lease.isUndoing) return;
  lease.controller.abort(reason);
}
