/** What a workflow and the activity that executes its run exchange. Pure: bundled into the workflow sandbox. */
import type { OperationType } from '@gangway/contract/operation-types';
import type { JsonObject } from '../json.js';
import type { WorkflowState } from './protocol.js';

/** Which run a stay is of. The activity is named as the type of its operation: `tenant.create`. */
export interface StayRequest {
  readonly operationRunId: string;
  readonly type: OperationType;
}

/**
 * Where a stay left its run: at its end (or parked, until somebody resumes it); or to be taken up again after so many
 * milliseconds, because it waits for its next attempt or this worker stops; or in the hands of another workflow or
 * engine, that had it before.
 */
export type StayEnd =
  | {
      readonly kind: 'ended';
      readonly status: 'succeeded' | 'failed';
      readonly state: WorkflowState;
      readonly result: JsonObject | null;
    }
  | { readonly kind: 'left'; readonly waitMs: number; readonly state: WorkflowState }
  | { readonly kind: 'elsewhere'; readonly state: WorkflowState };

/** @throws ApplicationFailure ValidationError where there is no run of this id and type */
export type StayActivity = (request: StayRequest) => Promise<StayEnd>;

/** Tells the workflow how far its run is while a stay lasts. Anybody in the namespace can send it; it is only shown. */
export const PROGRESS_SIGNAL = 'progress';

/** Within this time a stay is heard of, or its run is given to another worker. Milliseconds. */
export const DEFAULT_LEASE_MS = 15_000;
