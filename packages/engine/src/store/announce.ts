import type pg from 'pg';
import { CHANNELS } from './sql.js';

// A NOTIFY inside a transaction that writes makes its commit hold a lock of the whole server until the disk has it: runs
// that have nothing to do with each other would wait in line. So what was committed is announced afterwards, without a
// write, many at once. Should this process die in between, those who listen find out by looking (once a second).
const TEXT = `SELECT pg_notify(c, p)::text FROM unnest($1::text[], $2::text[]) AS n (c, p)`;

/** How long a word waits for others to go with it: less than anybody sees, and several steps of a quick run. Milliseconds. */
const GATHER_MS = 5;

/** Hears of events of a run up to `seq`. */
export type OnEvents = (operationRunId: string, seq: number) => void;

const announcers = new WeakMap<pg.Pool, Announcer>();

/**
 * Tells whoever watches that a run has events up to `seq`: this process at once, the others in a moment, or at once too
 * where the run has ended. Call it after the commit. Never throws, not awaited.
 */
export function announceEvents(pool: pg.Pool, operationRunId: string, seq: number, isEnd: boolean): void {
  const announcer = announcerOf(pool);
  for (const hear of announcer.hearing) hear(operationRunId, seq);
  announcer.add(CHANNELS.events, operationRunId, `${operationRunId}:${seq}`, isEnd);
}

/** Tells the workers of all processes that a run may be due. */
export function announceQueued(pool: pg.Pool, operationRunId: string): void {
  announcerOf(pool).add(CHANNELS.queued, operationRunId, operationRunId, true);
}

/** Hears what this process announces, without the way through the database. Gives what ends it. */
export function hearEvents(pool: pg.Pool, hear: OnEvents): () => void {
  const { hearing } = announcerOf(pool);
  hearing.add(hear);
  return () => void hearing.delete(hear);
}

function announcerOf(pool: pg.Pool): Announcer {
  const announcer = announcers.get(pool) ?? new Announcer(pool);
  announcers.set(pool, announcer);
  return announcer;
}

class Announcer {
  readonly hearing = new Set<OnEvents>();
  readonly #pool: pg.Pool;
  /** The newest word per channel and run: who has heard it need not hear the older ones. */
  readonly #pending = new Map<string, { channel: string; payload: string }>();
  #isSending = false;
  /** Ends the wait for more words. */
  #hurry: (() => void) | null = null;
  #isUrgent = false;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  add(channel: string, operationRunId: string, payload: string, isUrgent: boolean): void {
    this.#pending.set(`${channel} ${operationRunId}`, { channel, payload });
    if (isUrgent) {
      this.#isUrgent = true;
      this.#hurry?.();
    }
    if (!this.#isSending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#pending.size > 0) {
      if (!this.#isUrgent) await this.#gather();
      const words = [...this.#pending.values()];
      this.#pending.clear();
      this.#isUrgent = false;
      const values = [words.map((word) => word.channel), words.map((word) => word.payload)];
      // Without the database there is nobody to tell either.
      await this.#pool.query({ name: 'engine_announce', text: TEXT, values }).catch(() => undefined);
    }
    this.#isSending = false;
  }

  async #gather(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#hurry = resolve;
      setTimeout(resolve, GATHER_MS);
    });
    this.#hurry = null;
  }
}
