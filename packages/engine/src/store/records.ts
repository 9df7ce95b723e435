/** The rows of a run as the rest of the engine reads them. Instants are ISO 8601 strings in UTC. */
import type { Evidence, RunStatus, StepStatus, Warning } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { Direction, Failure, FailurePolicy, RunStart } from '../interpret.js';
import type { Json, JsonObject } from '../json.js';
import type { StepOutputs } from '../plan.js';
import type { RunFacts, StartedBy } from '../step.js';

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
  readonly held: boolean;
  readonly waitingUntil: string | null;
  readonly cancelRequestedAt: string | null;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  readonly direction: Direction;
  readonly stepPosition: number;
  readonly failure: Failure | null;
  readonly deadlineAt: string | null;
  readonly workflowId: string | null;
  readonly fence: number;
  readonly crashes: number;
  readonly lastEventSeq: number;
  readonly startedByKind: StartedBy['kind'];
  readonly startedById: string;
  readonly startedByLabel: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
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
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface RunWithSteps extends RunRecord {
  readonly steps: readonly StepRecord[];
}

/** What statements that end in `withSteps` answer. */
export interface JsonRow {
  readonly run: Record<string, unknown>;
  readonly steps: Record<string, unknown>[];
}

export function toRunWithSteps(row: JsonRow): RunWithSteps {
  const run = camelCased(row.run) as unknown as RunRecord;
  return { ...run, steps: row.steps.map((step) => camelCased(step) as unknown as StepRecord) };
}

/** Column names to field names, instants to UTC; jsonb columns are left as they are. */
function camelCased(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const isInstant = typeof value === 'string' && (column.endsWith('_at') || column === 'waiting_until');
      const field = column.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
      return [field, isInstant ? new Date(value).toISOString() : value];
    }),
  );
}

export function factsOf(run: RunRecord): RunFacts {
  const {
    id,
    type,
    workspaceId,
    partnerId,
    subjectId,
    managedTenantId,
    providerConnectionId,
    onboardingSessionId,
  } = run;
  const startedBy = { kind: run.startedByKind, id: run.startedById, label: run.startedByLabel };
  const links = { managedTenantId, providerConnectionId, onboardingSessionId };
  return { id, type, workspaceId, partnerId, subjectId, ...links, input: run.input, startedBy };
}

/** Outputs of the steps that have one, by name. */
export function outputsOf(steps: readonly StepRecord[]): StepOutputs {
  const finished = steps.filter((step) => step.status === 'succeeded');
  return Object.fromEntries(finished.map((step) => [step.name, step.output]));
}

/** Where the interpreter takes the run up. */
export function startOf(run: RunWithSteps): RunStart {
  const { direction, stepPosition, failure, failurePolicy } = run;
  return { direction, position: stepPosition, failure, failurePolicy, outputs: outputsOf(run.steps) };
}
