import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import { LeaseLost } from '../errors.js';
import { announceEvents, isHeard } from './announce.js';
import { isTransient } from './is-transient.js';
import type { FencedChange, WrittenRun } from './run-change.js';
import { type Sql, sqlOfPool } from './sql.js';
import { writeRuns } from './write-runs.js';

const MAX_TOGETHER = 32;

interface Waiting {
  readonly change: FencedChange;
  readonly resolve: (written: WrittenRun) => void;
  readonly reject: (error: unknown) => void;
}

const writers = new WeakMap<pg.Pool, RunWriter>();

/** The one writer of runs of this process on this pool. */
export function runWriterOf(pool: pg.Pool): RunWriter {
  const writer = writers.get(pool) ?? new RunWriter(pool);
  writers.set(pool, writer);
  return writer;
}

/**
 * Writes the changes of all runs that this process executes. While one write is under way the others gather, and go
 * together in the next: many runs then cost hardly more than one. One write at a time also keeps those that change
 * several rows from waiting for each other in a circle.
 */
export class RunWriter {
  readonly #pool: pg.Pool;
  readonly #sql: Sql;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    this.#sql = sqlOfPool(pool);
  }

  /** @throws LeaseLost when the run has ended, somebody else holds it, or a signal came although none was to come */
  write(change: FencedChange): Promise<WrittenRun> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      await this.#writeTogether(this.#takeTogether());
      // The runs that were just written get to their next change, so that they stay together.
      await setImmediate();
    }
    this.#isWriting = false;
  }

  /** What may go in one statement: one change with rows of its own, or changes of different runs without. */
  #takeTogether(): Waiting[] {
    const [first, ...others] = this.#waiting;
    if (!first) return [];
    const taken = [first];
    const ids = new Set([first.change.runId]);
    if (!first.change.rows?.length)
      for (const waiting of others) {
        const { runId, rows } = waiting.change;
        if (taken.length >= MAX_TOGETHER || rows?.length || ids.has(runId)) continue;
        ids.add(runId);
        taken.push(waiting);
      }
    this.#waiting = this.#waiting.filter((waiting) => !taken.includes(waiting));
    return taken;
  }

  async #writeTogether(taken: readonly Waiting[]): Promise<void> {
    try {
      const written = await writeRuns(
        this.#sql,
        taken.map(({ change }) => ({ ...change, isHeard: isHeard(this.#pool, change.runId) })),
      );
      for (const { change, resolve, reject } of taken) {
        const run = written.get(change.runId);
        if (!run) {
          reject(new LeaseLost(change.runId));
          continue;
        }
        announceEvents(this.#pool, change.runId, run.lastEventSeq, run.events ?? []);
        resolve(run);
      }
    } catch (error) {
      // What the database refuses of one run must not fail the others. After a broken connection nobody knows what was
      // written: then each has to find out for itself.
      if (taken.length > 1 && !isTransient(error))
        for (const waiting of taken) await this.#writeTogether([waiting]);
      else for (const { reject } of taken) reject(error);
    }
  }
}
