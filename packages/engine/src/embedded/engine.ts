import { performance } from 'node:perf_hooks';
import { interrupt, type Lease, leaseOf } from '../lease.js';
import { listRollBack } from '../list-roll-back.js';
import type { Engine, EngineHealth, RecordWithin, RunSignal } from '../port.js';
import type { RunStatus } from '@gangway/contract/operations';
import type { RunWithSteps } from '../run.js';
import { announceQueued } from '../store/announce.js';
import { claimerOf } from '../claimer-of.js';
import type { Claimer } from '../store/claim.js';
import { claimRuns } from '../store/claim-runs.js';
import { type CreatedRun, createRun, type NewRun } from '../store/create-run.js';
import { endLeases } from '../store/end-leases.js';
import { heartbeatRuns } from '../store/heartbeat-runs.js';
import { recordSignal } from '../store/record-signal.js';
import { CHANNELS, type RawTransaction, sqlOfPool, sqlOfTransaction } from '../store/sql.js';
import { executeRun } from './execute-run.js';
import type { EmbeddedOptions } from './options.js';
import { type StepSlots, stepSlotsOf } from './step-slots.js';
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
  readonly #leases = new Map<string, Lease>();
  readonly #executions = new Set<Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #claimer: Claimer;
  readonly #slots: StepSlots;
  /** Runs that are being created and claimed here. */
  readonly #creations = new Set<Promise<CreatedRun>>();
  /** How many runs at most the claim under way may return. */
  #claiming = 0;
  #unlisten: (() => Promise<void>)[] = [];
  #look: Promise<void> | undefined;
  #lookAgain = false;
  /** The last claim was full: there may be more as soon as a run ends. */
  #hasBacklog = false;
  #isStarted = false;
  #isDraining = false;
  #lookedAt = -Infinity;
  #beatAt = -Infinity;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? 15_000;
    this.#concurrency = options.concurrency ?? 8;
    this.#claimer = claimerOf(options.registry, this.#workerId, this.#leaseMs);
    this.#slots = stepSlotsOf(options);
  }

  async start(): Promise<void> {
    const { db, pollMs = 1_000 } = this.#options;
    this.#unlisten = [
      await db.listen(CHANNELS.queued, () => this.#lookSoon()),
      await db.listen(CHANNELS.signals, (runId) => this.#onSignal(runId)),
    ];
    // A process that was killed and started again goes on at once with its runs.
    await endLeases(sqlOfPool(db.pool), hasEnded);
    this.#isStarted = true;
    this.#every(pollMs, () => this.#lookSoon());
    this.#every(this.#leaseMs / 3, () => void this.#beat());
    this.#lookSoon();
  }

  async create(run: NewRun, tx?: RawTransaction): Promise<CreatedRun> {
    if (tx) return (await createRun(sqlOfTransaction(tx), run)).created;
    const sql = sqlOfPool(this.#options.db.pool);
    const mayClaim = this.#isFree && this.#room > this.#claiming && !run.priority;
    if (!mayClaim) {
      const { created } = await createRun(sql, run);
      this.wake(created.operationRunId);
      return created;
    }
    const creation = createRun(sql, run, this.#claimer)
      .then(({ created, claimed }) => {
        if (claimed) this.#execute(claimed, true);
        return created;
      })
      .finally(() => {
        this.#creations.delete(creation);
        if (this.#hasBacklog) this.#lookSoon();
      });
    this.#creations.add(creation);
    return creation;
  }

  wake(operationRunId: string): void {
    // With a free slot this worker claims the run itself; the others need not be notified.
    if (this.#isFree) this.#lookSoon();
    else announceQueued(this.#options.db.pool, operationRunId);
  }

  async signal(operationRunId: string, signal: RunSignal, within?: RecordWithin): Promise<RunStatus> {
    const { db, registry } = this.#options;
    let status: RunStatus = 'queued';
    const record = within ?? ((work) => db.inTransaction(work));
    await record(async (tx) => {
      status = await recordSignal(sqlOfTransaction(tx), registry, operationRunId, signal);
    });
    // Workers are notified of the others with the commit.
    if (signal.kind === 'resume' || signal.kind === 'rollBack') this.wake(operationRunId);
    return status;
  }

  listRollBack(operationRunId: string) {
    const { db, registry } = this.#options;
    return listRollBack(sqlOfPool(db.pool), registry, operationRunId);
  }

  describe(): Promise<EngineHealth> {
    // With all slots in use there is nothing to look for; the leases are renewed then.
    const seenAt = Math.max(this.#lookedAt, this.#beatAt);
    const ok = !this.#isDraining && performance.now() - seenAt < 10_000;
    const executing = this.#leases.size;
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
    for (const lease of this.#leases.values()) interrupt(lease, 'drain');
    await Promise.race([Promise.all(this.#executions), this.#after(1_500)]);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Claims what is due. Calls that come meanwhile are served by one more look after it. */
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

  /** How many more runs may be claimed. */
  get #room(): number {
    return this.#concurrency - this.#leases.size - this.#creations.size;
  }

  get #isFree(): boolean {
    return this.#isStarted && !this.#isDraining && this.#room > 0;
  }

  async #claim(): Promise<void> {
    const limit = this.#room;
    if (limit <= 0) this.#hasBacklog = true;
    if (this.#isDraining || limit <= 0) return;
    const claim = { ...this.#claimer, limit, busyWith: [...this.#leases.keys()] };
    this.#claiming = limit;
    try {
      const runs = await claimRuns(sqlOfPool(this.#options.db.pool), claim);
      this.#lookedAt = performance.now();
      this.#hasBacklog = runs.length === limit;
      for (const run of runs) this.#execute(run, false);
    } catch (error) {
      this.#options.log?.warn({ err: error }, 'The table of runs could not be read');
    } finally {
      this.#claiming = 0;
    }
  }

  #execute(run: RunWithSteps, isNew: boolean): void {
    const lease = leaseOf(run);
    if (this.#leases.size === 0) this.#beatAt = performance.now();
    this.#leases.set(run.id, lease);
    const ctx = {
      options: this.#options,
      workerId: this.#workerId,
      leaseMs: this.#leaseMs,
      isDraining: () => this.#isDraining,
      slots: this.#slots,
      onWait: (ms: number) => this.#wakeIn(ms),
    };
    const execution = executeRun(ctx, lease, run, isNew)
      .catch((error: unknown) =>
        this.#options.log?.error({ runId: run.id, err: error }, 'A run could not be executed'),
      )
      .finally(() => {
        this.#leases.delete(run.id);
        this.#executions.delete(execution);
        if (this.#hasBacklog) this.#lookSoon();
      });
    this.#executions.add(execution);
  }

  /** Renews the leases; stops the runs whose lease is lost, or may be by now. */
  async #beat(): Promise<void> {
    const leases = [...this.#leases.values()];
    if (leases.length === 0) return;
    const fences = new Map(leases.map((lease) => [lease.runId, lease.fence]));
    try {
      const { pool } = this.#options.db;
      const beats = await heartbeatRuns(sqlOfPool(pool), leases, this.#claimer);
      this.#beatAt = performance.now();
      const alive = new Map(beats.map((beat) => [beat.id, beat]));
      for (const lease of leases) {
        const { runId } = lease;
        // A fence that rose meanwhile means that the run was read again after a broken connection.
        if (!alive.has(runId) && lease.fence === fences.get(runId)) interrupt(lease, 'lost');
        if (alive.get(runId)?.isCancelRequested) interrupt(lease, 'cancel');
      }
    } catch {
      if (performance.now() - this.#beatAt > this.#leaseMs)
        for (const lease of leases) interrupt(lease, 'lost');
    }
  }

  #onSignal(runId: string | null): void {
    const lease = runId === null ? undefined : this.#leases.get(runId);
    if (lease) interrupt(lease, 'cancel');
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
