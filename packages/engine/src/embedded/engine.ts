import { performance } from 'node:perf_hooks';
import type { Engine, EngineHealth, RecordWithin, RunSignal } from '../port.js';
import { announceQueued } from '../store/announce.js';
import { claimRuns } from '../store/claim-runs.js';
import {
  createAndTakeRun,
  type CreatedRun,
  createOrReuseRun,
  type NewRun,
} from '../store/create-or-reuse-run.js';
import { endLeases } from '../store/end-leases.js';
import { heartbeatRuns } from '../store/heartbeat-runs.js';
import type { RunWithSteps } from '../store/records.js';
import { sendSignal } from '../store/send-signal.js';
import { CHANNELS, sqlOfPool } from '../store/sql.js';
import type { Taker } from '../store/take.js';
import { executeRun } from './execute-run.js';
import { type HeldRun, interrupt } from '../held-run.js';
import type { EmbeddedOptions } from './options.js';
import { hasEnded, nameWorker } from './worker-name.js';

/** Executes runs in this process, beside any number of others on the same database. */
export function createEmbeddedEngine(options: EmbeddedOptions): Engine {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements Engine {
  readonly #options: EmbeddedOptions;
  readonly #workerId = nameWorker();
  readonly #leaseMs: number;
  readonly #concurrency: number;
  readonly #held = new Map<string, HeldRun>();
  readonly #executions = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #taker: Taker;
  /** Runs that are being created to be taken up here. */
  readonly #creations = new Set<Promise<CreatedRun>>();
  /** How many runs at most the claim that is under way may bring. */
  #claiming = 0;
  #unlisten: (() => Promise<void>)[] = [];
  #look: Promise<void> | undefined;
  #lookAgain = false;
  /** The last claim took all it could: there may be more as soon as a run ends. */
  #hasBacklog = false;
  #isStarted = false;
  #isDraining = false;
  #lookedAt = -Infinity;
  #beatAt = -Infinity;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#concurrency = options.concurrency ?? 8;
    const timeouts = Object.fromEntries(
      Object.entries(options.registry).map(([type, { timeoutMs }]) => [type, timeoutMs]),
    );
    this.#taker = { workerId: this.#workerId, leaseMs: this.#leaseMs, timeouts };
  }

  async start(): Promise<void> {
    const { db, pollMs = 1_000 } = this.#options;
    this.#unlisten = [
      await db.listen(CHANNELS.queued, () => this.#lookSoon()),
      await db.listen(CHANNELS.signals, (runId) => this.#onSignal(runId)),
    ];
    // A process that was killed and started again goes on at once with what it held.
    await endLeases(sqlOfPool(db.pool), hasEnded);
    this.#isStarted = true;
    this.#every(pollMs, () => this.#lookSoon());
    this.#every(this.#leaseMs / 3, () => void this.#beat());
    this.#lookSoon();
  }

  async create(run: NewRun): Promise<CreatedRun> {
    const sql = sqlOfPool(this.#options.db.pool);
    const mayTake = this.#isFree && this.#room > this.#claiming && !run.priority;
    if (!mayTake) {
      const created = await createOrReuseRun(sql, run);
      this.poke(created.operationRunId);
      return created;
    }
    const creation = createAndTakeRun(sql, run, this.#taker)
      .then(({ created, taken }) => {
        if (taken) this.#take(taken);
        return created;
      })
      .finally(() => {
        this.#creations.delete(creation);
        if (this.#hasBacklog) this.#lookSoon();
      });
    this.#creations.add(creation);
    return creation;
  }

  poke(operationRunId: string): void {
    // Whoever has a hand free takes the run up itself; the others need not hear of it.
    if (this.#isFree) this.#lookSoon();
    else announceQueued(this.#options.db.pool, operationRunId);
  }

  async signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<void> {
    const { db, registry } = this.#options;
    await sendSignal(db, registry, operationRunId, signal, within);
  }

  describe(): Promise<EngineHealth> {
    // With all hands busy there is nothing to look for; the leases are renewed then.
    const seenAt = Math.max(this.#lookedAt, this.#beatAt);
    const ok = !this.#isDraining && performance.now() - seenAt < 10_000;
    const executing = this.#held.size;
    const detail = this.#isDraining ? 'draining' : ok ? 'working' : 'cannot read the table of runs';
    return Promise.resolve({ engine: 'embedded', ok, detail, executing });
  }

  async stop(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    await Promise.allSettled(this.#unlisten.map((unlisten) => unlisten()));
    const drain = async () => {
      await Promise.allSettled([this.#look, ...this.#creations]);
      await Promise.all(this.#executions);
    };
    await Promise.race([drain(), this.#after(this.#options.drainMs ?? 6_000)]);
    for (const held of this.#held.values()) interrupt(held, 'drain');
    await Promise.race([Promise.all(this.#executions), this.#after(1_500)]);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Claims what is due. Calls that come while one is under way are answered by one more look after it. */
  #lookSoon(): void {
    if (this.#look) {
      this.#lookAgain = true;
      return;
    }
    this.#look = this.#claim().finally(() => {
      this.#look = undefined;
      if (!this.#lookAgain) return;
      this.#lookAgain = false;
      this.#lookSoon();
    });
  }

  /** How many more runs may be taken up. */
  get #room(): number {
    return this.#concurrency - this.#held.size - this.#creations.size;
  }

  get #isFree(): boolean {
    return this.#isStarted && !this.#isDraining && this.#room > 0;
  }

  async #claim(): Promise<void> {
    const limit = this.#room;
    if (limit <= 0) this.#hasBacklog = true;
    if (this.#isDraining || limit <= 0) return;
    const claim = { ...this.#taker, limit, busyWith: [...this.#held.keys()] };
    this.#claiming = limit;
    try {
      const runs = await claimRuns(sqlOfPool(this.#options.db.pool), claim);
      this.#lookedAt = performance.now();
      this.#hasBacklog = runs.length === limit;
      for (const run of runs) this.#take(run);
    } catch (error) {
      this.#options.log?.warn({ err: error }, 'The table of runs could not be read');
    } finally {
      this.#claiming = 0;
    }
  }

  #take(run: RunWithSteps): void {
    const { id, fence } = run;
    const held: HeldRun = { id, fence, controller: new AbortController(), isUndoing: false };
    if (this.#held.size === 0) this.#beatAt = performance.now();
    this.#held.set(id, held);
    const ctx = {
      options: this.#options,
      workerId: this.#workerId,
      leaseMs: this.#leaseMs,
      isDraining: () => this.#isDraining,
      onWait: (ms: number) => this.#wakeIn(ms),
      startsNext: true,
      between: 'keep' as const,
      waitSlackMs: 0,
    };
    const execution = executeRun(ctx, held, run)
      .catch((error: unknown) =>
        this.#options.log?.error({ runId: held.id, err: error }, 'A run could not be executed'),
      )
      .finally(() => {
        this.#held.delete(held.id);
        this.#executions.delete(execution);
        if (this.#hasBacklog) this.#lookSoon();
      });
    this.#executions.add(execution);
  }

  /** Renews the leases; stops what this process no longer holds, and what it cannot know to hold any more. */
  async #beat(): Promise<void> {
    const runs = [...this.#held.values()];
    if (runs.length === 0) return;
    const fences = new Map(runs.map((held) => [held.id, held.fence]));
    try {
      const { pool } = this.#options.db;
      const beats = await heartbeatRuns(sqlOfPool(pool), runs, this.#taker);
      this.#beatAt = performance.now();
      const alive = new Map(beats.map((beat) => [beat.id, beat]));
      for (const held of runs) {
        // A fence that rose meanwhile means that the run was taken up again after a broken connection.
        if (!alive.has(held.id) && held.fence === fences.get(held.id)) interrupt(held, 'lost');
        if (alive.get(held.id)?.isCancelRequested) interrupt(held, 'cancel');
      }
    } catch {
      if (performance.now() - this.#beatAt > this.#leaseMs) for (const held of runs) interrupt(held, 'lost');
    }
  }

  #onSignal(runId: string | null): void {
    const held = runId === null ? undefined : this.#held.get(runId);
    if (held) interrupt(held, 'cancel');
    else this.#lookSoon();
    if (runId === null) void this.#beat(); // the connection was lost: a cancel may have been missed
  }

  #wakeIn(ms: number): void {
    // Not sooner than the database thinks it due; a timer cannot be set further ahead than 24 days.
    const timer = setTimeout(
      () => (this.#timers.delete(timer), this.#lookSoon()),
      Math.min(ms + 5, 2_000_000_000),
    );
    this.#timers.add(timer.unref());
  }

  #every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    this.#timers.add(timer);
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#timers.add(setTimeout(resolve, ms)));
  }
}
