/** Why a worker stops executing a run before its end. */
export type Interruption = 'cancel' | 'lost' | 'drain';

/** A run in the hands of this process. */
export interface HeldRun {
  readonly id: string;
  /** Rises when the run is taken up again after a broken connection. */
  fence: number;
  /** Aborted with an {@link Interruption}. */
  controller: AbortController;
  /** The run is being undone: a cancel has nothing to add. */
  isUndoing: boolean;
}

/** The run has left this worker on purpose: it waits, or goes on in another process. */
export class RunReleased extends Error {
  override readonly name = 'RunReleased';
}

export function interrupt(held: HeldRun, reason: Interruption): void {
  if (reason === 'cancel' && held.isUndoing) return;
  held.controller.abort(reason);
}
