/** What workflows and activities say to each other. Pure: bundled into the workflow sandbox. */
import type { OperationType } from '@gangway/contract/operation-types';
import type { RunStart, StepResult } from '../interpret.js';
import type { Json, JsonObject } from '../json.js';
import type { Transition } from '../reducer.js';
import type { Direction, Failure } from '../run.js';

/** The documented task queue; all workflows and activities of the product are on it. */
export const TASK_QUEUE = 'tenant-creation';

/** How the dispatcher starts a workflow: the row has everything else. */
export interface RunReference {
  readonly operationRunId: string;
  readonly type: OperationType;
  /** Within this time a worker is heard of, or the run is given to another one. Milliseconds. */
  readonly leaseMs?: number;
}

export interface StepRequest {
  readonly operationRunId: string;
  readonly position: number;
  readonly direction: Direction;
}

export interface Beginning {
  readonly start: RunStart;
  readonly input: JsonObject;
  /** Within this time an activity is heard of, or it is given to another worker. */
  readonly heartbeatMs: number;
}

export interface RecordedSignal {
  readonly operationRunId: string;
  readonly signal:
    | { readonly kind: 'cancel'; readonly reason: string | null; readonly by: string }
    | { readonly kind: 'update'; readonly field: string; readonly value: Json; readonly by: string };
}

/** Activities that are not steps. */
export interface RunActivities {
  /** Creates the run of a workflow that was started straight with the Temporal client. */
  adopt_run(input: JsonObject): Promise<{ operationRunId: string; leaseMs?: number }>;
  /**
   * Null: the run has ended, there is nothing to do. Workflows of earlier versions do not send `type`.
   * @throws ApplicationFailure ValidationError where there is no run of this id and type
   */
  begin_run(reference: { operationRunId: string; type?: OperationType }): Promise<Beginning | null>;
  /** Like `RunPort.publish`. */
  publish_transition(request: { operationRunId: string; transition: Transition }): Promise<Failure | null>;
  /** False: refused, because it came too late or the value is not valid. */
  record_signal(signal: RecordedSignal): Promise<boolean>;
  read_result(reference: { operationRunId: string }): Promise<JsonObject | null>;
  check_health(): Promise<HealthReport>;
}

export interface HealthReport extends JsonObject {
  readonly status: 'healthy' | 'unhealthy';
}

export type StepActivity = (request: StepRequest) => Promise<StepResult>;

/** The name a step has in Temporal's UI. */
export function activityName(type: OperationType, step: string, direction: Direction): string {
  return direction === 'undo' ? `${type}.${step}.undo` : `${type}.${step}`;
}

/** The documented payloads of the signals; `isRecorded` where our own API wrote the row before it sent the signal. */
export interface CancelSignal {
  readonly reason?: string;
  readonly cancelledBy?: string;
  readonly isRecorded?: boolean;
}
export interface UpdateSignal {
  readonly field: string;
  readonly value: Json;
}

/** The documented answer of `getState`. */
export interface WorkflowState {
  readonly step: string;
  readonly progress: number;
  readonly tenantId: string | null;
  readonly adminUserId: string | null;
  readonly companyId: string | null;
  readonly emailSent: boolean;
  readonly error: string | null;
}
