import type { Client } from '@temporalio/client';
import type { StepSlots } from '../embedded/step-slots.js';
import type { Lease } from '../lease.js';
import type { TemporalOptions } from './options.js';

/** How long after its last sign of life a run is looked at by the dispatcher, although a workflow has it. Milliseconds. */
export const WATCHDOG_MS = 60_000;

/** What the activities of one worker process share. */
export interface ActivityContext {
  readonly options: TemporalOptions;
  readonly client: Client;
  readonly workerId: string;
  readonly leaseMs: number;
  /** The runs this process is executing, so that a cancel reaches them at once. */
  readonly leases: Map<string, Lease>;
  readonly slots: StepSlots;
  /** This worker stops: nothing new begins, and what can be handed on is. */
  readonly isDraining: () => boolean;
}
