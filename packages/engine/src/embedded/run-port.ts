import { isSqlStep, listLeft } from '../call-step.js';
import { LeaseLostError, RunReleasedError } from '../errors.js';
import { type AttemptEnd, executeStep } from '../execute-step.js';
import type { RunPort, StepResult } from '../interpret.js';
import type { EngineOptions } from '../options.js';
import type { Transition } from '../reducer.js';
import { type Direction, type Failure, factsOf } from '../run.js';
import type { PreparedRows } from '../step.js';
import type { Release } from '../store/save-run.js';
import { toFailure, type UnitOfWork } from '../unit-of-work.js';

export interface PortContext {
  readonly options: EngineOptions;
  readonly isDraining: () => boolean;
  /** Called with the milliseconds that the run waits for its next attempt. */
  readonly onWait: (ms: number) => void;
  /** How much later than its wait a run is due for others. Milliseconds; absent: any worker may go on with it at once. */
  readonly waitSlackMs?: number;
}

export interface Stay {
  readonly unit: UnitOfWork;
  /** Write SQL steps that follow each other in one statement, with their journal; or each by itself. */
  readonly mayBatch: boolean;
  /** The worker that created the run has claimed it with that: the first step has started. */
  readonly isNew: boolean;
}

/** How long at most SQL steps are kept for the next write. Milliseconds. */
const BATCH_MS = 1_000;

/** The interpreter's three calls on the embedded engine. One instance lives as long as one stay of a run in this process. */
export function createRunPort(ctx: PortContext, stay: Stay): RunPort {
  const { options, isDraining, onWait, waitSlackMs: slackMs = 0 } = ctx;
  const { unit, mayBatch } = stay;
  const { plan, lease } = unit;
  const operation = options.registry[unit.run.type];
  let isAuthorized: boolean | undefined = stay.isNew ? true : undefined;
  /** The step that has started in this stay. */
  let started: number | undefined = stay.isNew ? 0 : undefined;
  /** What the step that succeeded last leaves to be written. */
  let prepared: PreparedRows = { output: null, rows: [] };

  const isBatched = (position: number, direction: Direction = 'forward') =>
    mayBatch && isSqlStep(operation, position, direction);

  async function release(release: Release): Promise<never> {
    await unit.save({ release });
    throw new RunReleasedError();
  }

  async function drainSignals(): Promise<Failure | null> {
    if (isDraining()) await release({ dueInMs: 0, isWait: false });
    isAuthorized ??= options.authorize ? await options.authorize(factsOf(unit.run)) : true;
    return unit.stop ?? (isAuthorized ? null : toFailure('run.authorization_revoked'));
  }

  async function runStep(position: number, direction: Direction): Promise<StepResult> {
    const stop = direction === 'undo' ? await beginUndo(position) : await begin(position);
    if (stop) return stop;
    const end = await flushingLater(() =>
      executeStep(options, unit, { position, direction, returnsRows: isBatched(position, direction) }),
    );
    if (end.kind !== 'done') return endEarly(position, direction, end);
    prepared = end.prepared;
    return { kind: 'done', output: prepared.output, input: unit.run.input };
  }

  async function begin(position: number): Promise<StepResult | null> {
    if (started === position) return null;
    unit.apply({ kind: 'started', position });
    started = position;
    if (isBatched(position)) unit.batch();
    else await unit.save({ isRelaxed: true });
    const failure = unit.stop;
    return failure && { kind: 'failed', failure };
  }

  async function beginUndo(position: number): Promise<StepResult | null> {
    if (isDraining()) await release({ dueInMs: 0, isWait: false });
    lease.isUndoing = true;
    if (lease.controller.signal.reason === 'cancel') lease.controller = new AbortController();
    if (unit.run.steps[position]?.attempt === 0) return { kind: 'done', output: null, input: unit.run.input };
    // It may build on what was undone before it.
    if (!isBatched(position, 'undo')) await unit.flush();
    return null;
  }

  /** What is not written yet is written after a while: whoever watches sees what a slow step is about. */
  async function flushingLater<T>(work: () => Promise<T>): Promise<T> {
    let flushed = Promise.resolve();
    const timer = setTimeout(() => {
      flushed = unit.flush();
      flushed.catch(() => undefined); // it is thrown below, when the work is done
    }, BATCH_MS);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
      await flushed;
    }
  }

  async function endEarly(
    position: number,
    direction: Direction,
    end: Exclude<AttemptEnd, { kind: 'done' }>,
  ): Promise<StepResult> {
    if (end.kind === 'failed') return end;
    if (end.kind === 'retry') return wait(position, direction, end);
    if (end.by === 'lost') throw new LeaseLostError(lease.runId);
    if (end.by === 'drain') return release({ dueInMs: 0, isWait: false });
    await unit.save(); // reads who cancelled, and why
    return { kind: 'failed', failure: unit.cancelled };
  }

  /** Gives the run up until its next attempt. */
  async function wait(
    position: number,
    direction: Direction,
    { failure, delayMs }: Extract<AttemptEnd, { kind: 'retry' }>,
  ): Promise<never> {
    unit.apply({ kind: 'retrying', position, failure });
    await unit.save({ release: { dueInMs: delayMs, isWait: true, slackMs } });
    // A cancel that came while the attempt failed does not wait for the next one.
    const isCancelled = direction === 'forward' && unit.run.cancelRequestedAt !== null;
    if (isCancelled) await unit.save({ release: { dueInMs: 0, isWait: false, slackMs } });
    onWait(isCancelled ? 0 : delayMs);
    throw new RunReleasedError();
  }

  async function publish(transition: Transition): Promise<Failure | null> {
    const { rows, handOver } = prepared;
    prepared = { output: null, rows: [] };
    switch (transition.kind) {
      case 'advanced': {
        const { position } = transition;
        const next = position + 1;
        unit.apply(transition, rows);
        // In the statement that ends one step the next one starts.
        unit.apply({ kind: 'started', position: next });
        started = next;
        const name = plan.steps[position]?.name ?? '';
        if (isBatched(position) && isBatched(next))
          unit.batch(handOver === undefined ? {} : { [name]: handOver });
        else await unit.save();
        return null;
      }
      case 'undone':
        unit.apply(transition, rows);
        if (isBatched(transition.position, 'undo')) unit.batch();
        else await unit.save();
        return null;
      case 'stuck':
        return unit.end({ ...transition, left: await listLeft(operation, unit.run, transition.position) });
      case 'succeeded':
      case 'held':
      case 'failed':
        return unit.end(transition, rows);
      default:
        unit.apply(transition, rows);
        await unit.save();
        return null;
    }
  }

  return { runStep, drainSignals, publish };
}
