/** What is written about a run while it is executed. Fields that are left out stay as they are. */
import type { Check, RunEvent, RunStatus, StepStatus, Warning } from '@gangway/contract/operations';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { Direction, Failure } from '../interpret.js';
import type { Json, JsonObject } from '../json.js';
import type { Rows } from '../rows.js';

export interface RunPatch {
  readonly status?: RunStatus;
  readonly direction?: Direction;
  readonly stepPosition?: number;
  readonly progress?: number;
  readonly step?: string | null;
  readonly attempt?: number;
  readonly reasonCode?: ReasonCode | null;
  readonly message?: string | null;
  readonly warnings?: readonly Warning[];
  readonly result?: JsonObject | null;
  /** The field of `result` that takes the instant of the write. */
  readonly stampedField?: string;
  readonly failure?: Failure | null;
  readonly held?: boolean;
  readonly crashes?: number;
}

export interface StepPatch {
  readonly position: number;
  readonly status?: StepStatus;
  readonly failures?: number;
  readonly output?: Json;
  readonly reasonCode?: ReasonCode | null;
  readonly message?: string | null;
  readonly evidence?: Failure['evidence'];
  /** Counts an attempt and sets the start. */
  readonly starts?: boolean;
  readonly finishes?: boolean;
}

export interface EventDraft {
  readonly kind: RunEvent['kind'];
  readonly changed: { name: string; status: StepStatus; attempt: number; check?: Check | null } | null;
  /** Overrides what the event says about the run, where one statement writes several events. */
  readonly run?: Partial<RunEvent['run']>;
}

/**
 * The lease stays as it is, or the run is given up: it is due again after `dueInMs`, shown as waiting if `isWait`.
 * With `slackMs` it is due that much later than it says.
 */
export type LeaseChange =
  'keep' | { readonly dueInMs: number; readonly isWait: boolean; readonly slackMs?: number };

export interface RunChange {
  readonly run: RunPatch;
  readonly steps: readonly StepPatch[];
  readonly events: readonly EventDraft[];
  readonly lease: LeaseChange;
  /**
   * Nothing is lost with it if the database server crashes: the commit need not wait for the disk. A later one that does
   * wait takes it along.
   */
  readonly isRelaxed?: boolean;
}

/** A change by whoever holds the run under this fence. */
export interface FencedChange extends RunChange {
  readonly runId: string;
  readonly fence: number;
  /** Written only while this is the newest event of the run: no signal has come meanwhile. Null: whatever came. */
  readonly ifSeq?: number | null;
  /** Give back the events as they were written: somebody here waits for them. */
  readonly isHeard?: boolean;
  readonly rows?: Rows;
}

/** What the row says after the change: signals that arrived meanwhile are seen without a statement of their own. */
export interface WrittenRun {
  readonly input: JsonObject;
  readonly isCancelRequested: boolean;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  /** Milliseconds to the deadline of the run by the database's clock; negative when it has passed. */
  readonly remainingMs: number | null;
  readonly lastEventSeq: number;
  /** Those of the change, in order, if they were asked for. */
  readonly events: readonly RunEvent[] | null;
}

export const NO_CHANGE = { run: {}, steps: [], events: [] } as const;
