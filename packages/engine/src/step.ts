/** What the packages above plug into a plan: effects by step name, and the error they fail with. */
import type { Evidence } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import { type RunReasonCode, REASONS } from '@gangway/contract/reason-codes';
import type { Json } from './json.js';
import type { Plan, StepOutputs } from './plan.js';
import type { Rows } from './rows.js';
import type { RunFacts } from './run.js';

export interface StepContext {
  readonly run: RunFacts;
  /** Counts the starts of this step from 1, crashes included. */
  readonly attempt: number;
  /** Outputs of the steps that this one needs, directly or not; during compensation also the output of the step being undone. */
  readonly outputs: StepOutputs;
  /** The same for every attempt of this step of this run. */
  readonly idempotencyKey: string;
  /** What earlier SQL steps of the same batch hand on, by step. Never journaled: it may be a secret. */
  readonly handedOver: StepOutputs;
  /**
   * Loads something once for all steps of the run, as long as the run stays in this process: the second call with a key returns what
   * the first one loaded. It is in memory only and is dropped with the stay, so it may be a secret. A rejection is not kept.
   */
  readonly loadOnce: <T>(key: string, load: () => Promise<T>) => Promise<T>;
  /** Aborted on cancel, on time-out, and when this worker lost the lease. An effect that ignores it is abandoned. */
  readonly signal: AbortSignal;
}

/**
 * One step's effect. It may be called again after a crash, so it finds its own work by `idempotencyKey`.
 * What it returns is journaled: never a secret. A `check` field (contract Check) shows up in the run's report.
 */
export type StepEffect = (ctx: StepContext) => Promise<Json>;

/** What a SQL step writes. */
export interface PreparedRows {
  /** Journaled: never a secret. */
  readonly output: Json;
  readonly rows: Rows;
  /** For the steps after this one, in memory only, if they are written in the same batch. */
  readonly handOver?: Json;
}

/**
 * A SQL step: its whole effect is rows. It returns them, and the engine writes them: with its journal and the SQL steps beside
 * it as one batch, in one statement; or by themselves, if the batch was rejected. They may be written again after a crash, so
 * their ids are made before the run starts.
 */
export interface RowStep {
  readonly prepare: (ctx: StepContext) => Promise<PreparedRows>;
  /** What is left to do once the rows are written; returns the output. Such a step is never part of a batch. */
  readonly after?: (ctx: StepContext) => Promise<Json>;
  /** Translates the error with which the database rejected the rows. */
  readonly toStepError: (error: unknown) => unknown;
}

/** Something a run created and its rollback would delete. */
export interface LeftItem {
  readonly what: string;
  readonly id: string;
}

/** What the compensation of a step would delete now. Reads only. */
interface Listed {
  readonly list: (ctx: StepContext) => Promise<readonly LeftItem[]>;
}

/** A SQL compensation: its rows are written like those of a {@link RowStep}. */
export interface RowUndo extends Listed {
  readonly rows: (ctx: StepContext) => Rows | Promise<Rows>;
  readonly toStepError: RowStep['toStepError'];
}

export interface EffectUndo extends Listed {
  readonly undo: (ctx: StepContext) => Promise<void>;
}

/** Undoes one step: only what this run created, never what it adopted; harmless when called again. */
export type Compensation = EffectUndo | RowUndo;

export interface Operation {
  readonly plan: Plan;
  readonly steps: Readonly<Record<string, StepEffect | RowStep>>;
  readonly compensations: Readonly<Record<string, Compensation>>;
  /** It cannot be rolled back, and half of it must not stay: it cannot be cancelled. */
  readonly isFinal?: true;
  /** From the first start to the end, waiting included; then the run fails with `run.timeout`. */
  readonly timeoutMs: number;
  /** Returns the normalised value, or throws a StepError `validation.failed`. Absent: no field may be updated. */
  readonly validateUpdate?: (field: string, value: Json) => Json;
}

/** Exhaustive by type: an operation cannot be forgotten, and an unknown one cannot be asked for. */
export type Registry = Readonly<Record<OperationType, Operation>>;

interface StepErrorOptions {
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | null;
  readonly evidence?: Evidence | null;
  readonly message?: string;
  readonly cause?: unknown;
}

/** A classified failure of a step. Unless told otherwise it is retryable exactly when its reason code says so. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly reasonCode: RunReasonCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly evidence: Evidence | null;

  constructor(reasonCode: RunReasonCode, options: StepErrorOptions = {}) {
    super(options.message ?? REASONS[reasonCode].title, { cause: options.cause });
    this.reasonCode = reasonCode;
    this.retryable = options.retryable ?? REASONS[reasonCode].retry === 'yes';
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.evidence = options.evidence ?? null;
  }
}
