import { performance } from 'node:perf_hooks';
import { isSqlStep, listLeft } from '../call-step.js';
import { LeaseLostError, RunReleasedError } from '../errors.js';
import { type AttemptEnd, executeStep } from '../execute-step.js';
import { isParallel, readySteps } from '../graph.js';
import type { RunPort, StepResult } from '../interpret.js';
import type { Interruption } from '../lease.js';
import type { EngineOptions } from '../options.js';
import type { Transition } from '../reducer.js';
import { type Direction, type Failure, factsOf } from '../run.js';
import type { PreparedRows } from '../step.js';
import { toFailure, type UnitOfWork } from '../unit-of-work.js';
import { RetryWaits } from './retry-waits.js';
import type { StepSlots } from './step-slots.js';

export interface PortContext {
  readonly options: EngineOptions;
  readonly isDraining: () => boolean;
  readonly slots: StepSlots;
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
const AT_ONCE = { dueInMs: 0, isWait: false };
const NOTHING: PreparedRows = { output: null, rows: [] };

/** The interpreter's calls on the embedded engine. One instance lives as long as one stay of a run in this process. */
export function createRunPort({ options, isDraining, slots }: PortContext, stay: Stay): RunPort {
  const { unit } = stay;
  const { plan, lease } = unit;
  const operation = options.registry[unit.run.type];
  const isLinear = !isParallel(plan);
  const claimedAt = performance.now();
  /** Steps that run here, those between two attempts included. */
  const running = new Set<number>();
  const waits = new RetryWaits();
  let isAuthorized: boolean | undefined = stay.isNew ? true : undefined;
  let isFirstStarted = stay.isNew;
  /** What steps that have succeeded leave to be written with their end. */
  const prepared = new Map<number, PreparedRows>();
  /** A step has ended, and that is written when the next one starts. */
  let isEndUnwritten = false;
  /** Why the run cannot go on here. */
  let cause: unknown;

  const isBatched = (position: number, direction: Direction = 'forward') =>
    stay.mayBatch && isLinear && isSqlStep(operation, position, direction);

  function room(): number {
    // After a crash one by one, so that the step to blame is known.
    return slots.room(running.size, unit.run.crashes > 0 || isLinear);
  }

  async function drainSignals(): Promise<Failure | 'pause' | null> {
    if (isDraining()) {
      if (running.size > 0) return 'pause';
      throw new RunReleasedError(AT_ONCE);
    }
    isAuthorized ??= options.authorize ? await options.authorize(factsOf(unit.run)) : true;
    const stop = unit.stop ?? (isAuthorized ? null : toFailure('run.authorization_revoked'));
    if (stop && isEndUnwritten) await saveEnd();
    return stop;
  }

  async function runStep(position: number, direction: Direction): Promise<StepResult> {
    running.add(position);
    try {
      return direction === 'undo' ? await undo(position) : await perform(position);
    } catch (error) {
      // The others cannot go on either, and must not run while the run is executed elsewhere, or here again.
      if (error instanceof RunReleasedError) throw error;
      cause ??= error;
      lease.controller.abort('restart');
      throw cause;
    } finally {
      running.delete(position);
    }
  }

  async function perform(position: number): Promise<StepResult> {
    // As it was when the run was claimed.
    const waitMs = (unit.run.steps[position]?.retryInMs ?? 0) - (performance.now() - claimedAt);
    if (waitMs > 0) await wait(position, waitMs);
    for (;;) {
      const { signal } = lease.controller;
      if (signal.aborted)
        return toResult(position, { kind: 'interrupted', by: signal.reason as Interruption });
      const failure = await start(position);
      if (failure) return { kind: 'failed', failure };
      const end = await slots.run(() => attempt(position, 'forward'));
      if (end.kind !== 'retry') return toResult(position, end);
      unit.apply({ kind: 'retrying', position, failure: end.failure, delayMs: end.delayMs });
      await wait(position, end.delayMs);
    }
  }

  async function undo(position: number): Promise<StepResult> {
    if (isDraining()) throw new RunReleasedError(AT_ONCE);
    lease.isUndoing = true;
    if (lease.controller.signal.reason === 'cancel') lease.controller = new AbortController();
    const { attempt: starts, retryInMs } = unit.run.steps[position] ?? {};
    if (starts === 0) return { kind: 'done', output: null, input: unit.run.input };
    if (retryInMs && retryInMs > 0) throw new RunReleasedError({ dueInMs: retryInMs, isWait: true });
    // It may build on what was undone before it.
    if (!isBatched(position, 'undo')) await unit.flush();
    const end = await attempt(position, 'undo');
    if (end.kind !== 'retry') return toResult(position, end);
    unit.apply({ kind: 'retrying', position, failure: end.failure, delayMs: end.delayMs });
    throw new RunReleasedError({ dueInMs: end.delayMs, isWait: true });
  }

  /** Writes that a step starts, with what ended before it. */
  async function start(position: number): Promise<Failure | null> {
    if (isFirstStarted && position === 0) {
      isFirstStarted = false;
      return null;
    }
    unit.apply({ kind: 'started', position });
    if (isBatched(position) && !isEndUnwritten) unit.batch();
    else await saveEnd();
    return unit.stop;
  }

  function attempt(position: number, direction: Direction): Promise<AttemptEnd> {
    const request = { position, direction, returnsRows: isBatched(position, direction) };
    return flushingLater(() => executeStep(options, unit, request));
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

  /** Waits for the next attempt: here while others of the run go on; without them the run leaves this worker. */
  async function wait(position: number, delayMs: number): Promise<void> {
    const waited = waits.wait(position, delayMs, lease.controller.signal);
    await Promise.all([waited, releaseIfIdle() ? undefined : unit.save()]);
  }

  /** Whether a step that does not run may start now. */
  function isStarting(): boolean {
    const isDone = (position: number) => unit.run.steps[position]?.status === 'succeeded';
    const ready = readySteps(plan, isDone).filter((position) => !running.has(position));
    return ready.length > 0 && room() > 0 && !isDraining();
  }

  function releaseIfIdle(): boolean {
    const isIdle = waits.size > 0 && waits.size === running.size && !isStarting();
    if (isIdle) waits.release();
    return isIdle;
  }

  async function saveEnd(): Promise<void> {
    isEndUnwritten = false;
    await unit.save();
  }

  async function toResult(
    position: number,
    end: Exclude<AttemptEnd, { kind: 'retry' }>,
  ): Promise<StepResult> {
    if (end.kind === 'failed') return end;
    if (end.kind === 'done') {
      prepared.set(position, end.prepared);
      return { kind: 'done', output: end.prepared.output, input: unit.run.input };
    }
    if (end.by === 'drain') throw new RunReleasedError(AT_ONCE);
    if (end.by !== 'cancel') throw cause ?? new LeaseLostError(lease.runId);
    await unit.refresh(); // reads who cancelled, and why
    return { kind: 'failed', failure: unit.cancelled };
  }

  async function publish(transition: Transition): Promise<Failure | null> {
    const position = 'position' in transition ? transition.position : null;
    const { rows, handOver } = prepared.get(position ?? -1) ?? NOTHING;
    prepared.delete(position ?? -1);
    switch (transition.kind) {
      case 'advanced':
        unit.apply(transition, rows);
        return advance(transition.position, handOver);
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
        releaseIfIdle();
        return null;
    }
  }

  /** In the statement that ends one step the next ones start, if any may. */
  async function advance(position: number, handOver: PreparedRows['handOver']): Promise<null> {
    if (isBatched(position) && isBatched(position + 1)) {
      const name = plan.steps[position]?.name ?? '';
      unit.batch(handOver === undefined ? {} : { [name]: handOver });
      return null;
    }
    isEndUnwritten = true;
    if (isStarting()) return null;
    await saveEnd();
    releaseIfIdle();
    return null;
  }

  return { room, runStep, drainSignals, publish };
}
