/** A run as the engine holds it in memory: its row and its steps. Pure: bundled into Temporal's workflows. */
import type { Evidence, RunEvent, RunStatus, StepStatus, Warning } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import type { ReasonCode, RunReasonCode } from '@gangway/contract/reason-codes';
import type { Json, JsonObject } from './json.js';
import type { StepOutputs } from './plan.js';

export type Direction = 'forward' | 'undo';
export type FailurePolicy = 'rollback' | 'hold';

export interface Failure {
  readonly reasonCode: RunReasonCode;
  readonly message: string | null;
  readonly evidence: Evidence | null;
}

/** Who started a run. The label is what people read; the id is what rights are re-read by. */
export interface StartedBy {
  readonly kind: 'user' | 'partner' | 'apiKey' | 'system';
  readonly id: string;
  readonly label: string;
}

/** An instant of the database: ISO 8601 in UTC, or {@link NOW} until it is written. */
export type Instant = string;

/** The instant of the statement that writes it: PostgreSQL reads this text so, and gives back what it was. */
export const NOW = 'now';

export interface RunRecord {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly partnerId: string | null;
  readonly type: OperationType;
  readonly subjectId: string;
  readonly managedTenantId: string | null;
  readonly providerConnectionId: string | null;
  readonly onboardingSessionId: string | null;
  readonly status: RunStatus;
  readonly progress: number;
  readonly step: string | null;
  readonly attempt: number;
  readonly reasonCode: ReasonCode | null;
  readonly message: string | null;
  readonly warnings: readonly Warning[];
  readonly input: JsonObject;
  readonly result: JsonObject | null;
  readonly failurePolicy: FailurePolicy;
  /** Parked: it waits for an operator, who resumes it or rolls it back. */
  readonly held: boolean;
  readonly waitingUntil: Instant | null;
  readonly cancelRequestedAt: Instant | null;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  readonly direction: Direction;
  readonly stepPosition: number;
  /** Why the run is rolled back. */
  readonly failure: Failure | null;
  readonly deadlineAt: Instant | null;
  readonly workflowId: string | null;
  readonly fence: number;
  readonly crashes: number;
  readonly lastEventSeq: number;
  readonly startedByKind: StartedBy['kind'];
  readonly startedById: string;
  readonly startedByLabel: string;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

export interface StepRecord {
  readonly position: number;
  readonly name: string;
  readonly title: string;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly failures: number;
  readonly output: Json;
  readonly reasonCode: ReasonCode | null;
  readonly message: string | null;
  readonly evidence: Evidence | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Milliseconds to the next attempt of a step that waits for one, when this was read or is written; below zero it is due. */
  readonly retryInMs: number | null;
}

export interface RunWithSteps extends RunRecord {
  readonly steps: readonly StepRecord[];
}

/** The facts of a run that effects may build on. Exactly one of `workspaceId` and `partnerId` is set. */
export interface RunFacts {
  readonly id: string;
  readonly type: OperationType;
  readonly workspaceId: string | null;
  readonly partnerId: string | null;
  readonly subjectId: string;
  readonly managedTenantId: string | null;
  readonly providerConnectionId: string | null;
  readonly onboardingSessionId: string | null;
  readonly input: JsonObject;
  readonly startedBy: StartedBy;
}

export function factsOf(run: RunRecord): RunFacts {
  const { id, type, workspaceId, partnerId, subjectId, input } = run;
  const { managedTenantId, providerConnectionId, onboardingSessionId } = run;
  const startedBy = { kind: run.startedByKind, id: run.startedById, label: run.startedByLabel };
  const links = { managedTenantId, providerConnectionId, onboardingSessionId };
  return { id, type, workspaceId, partnerId, subjectId, ...links, input, startedBy };
}

/** Outputs of the steps that have one, by name. */
export function outputsOf(steps: readonly StepRecord[]): StepOutputs {
  const finished = steps.filter((step) => step.status === 'succeeded');
  return Object.fromEntries(finished.map((step) => [step.name, step.output]));
}

export const isEnded = ({ status }: Pick<RunRecord, 'status'>): boolean =>
  status === 'succeeded' || status === 'failed';

/** What an event says about its run. */
export function snapshotOf(run: RunRecord): RunEvent['run'] {
  const { status, progress, step, attempt, reasonCode, message, waitingUntil, held } = run;
  return { status, progress, step, attempt, reasonCode, message, waitingUntil, held };
}
