import type { Lease } from '../lease.js';
import type { TemporalOptions } from './options.js';

/** What the activities of one worker process share. */
export interface ActivityContext {
  readonly options: TemporalOptions;
  readonly workerId: string;
  readonly leaseMs: number;
  /** The runs this process is executing a step of, so that a cancel reaches them at once. */
  readonly leases: Map<string, Lease>;
  /** Whether whoever started the workflow of the current activity encrypted its input. */
  readonly isInputSealed: () => Promise<boolean>;
}
