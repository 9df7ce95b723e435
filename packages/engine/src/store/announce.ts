import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '@gangway/contract/operations';
import type pg from 'pg';
import { CHANNELS } from './sql.js';

// A NOTIFY inside a transaction that writes makes its commit hold a lock of the whole server until the disk has it: runs
// that have nothing to do with each other would wait in line. So what was committed is announced afterwards, without a
// write, many at once. Should this process die in between, those who listen find out by looking (once a second).
const TEXT = `SELECT pg_notify(c, p)::text FROM unnest($1::text[], $2::text[]) AS n (c, p)`;

/** Words leave at most this often, and at once after a pause: less than anybody sees, and several quick runs. Milliseconds. */
const EVERY_MS = 20;

/** Somebody in this process who follows runs. */
export interface Hearer {
  /** Whether they want to be handed the events of this run where they are written. */
  readonly wants: (operationRunId: string) => boolean;
  /** The run has events up to `seq`; the newest of them, if they were wanted. */
  readonly hear: (operationRunId: string, seq: number, events: readonly RunEvent[]) => void;
}

const announcers = new WeakMap<pg.Pool, Announcer>();

/**
 * Tells whoever watches that a run has events up to `seq`: this process at once, the others in a moment. Call it after
 * the commit. Never throws, not awaited.
 */
export function announceEvents(
  pool: pg.Pool,
  operationRunId: string,
  seq: number,
  events: readonly RunEvent[],
): void {
  const announcer = announcerOf(pool);
  for (const hearer of announcer.hearers) hearer.hear(operationRunId, seq, events);
  announcer.add(CHANNELS.events, operationRunId, `${operationRunId}:${seq}`);
}

/** Tells the workers of all processes that a run may be due. */
export function announceQueued(pool: pg.Pool, operationRunId: string): void {
  announcerOf(pool).add(CHANNELS.queued, operationRunId, operationRunId);
}

/** Hears what this process announces, without the way through the database. Gives what ends it. */
export function hearEvents(pool: pg.Pool, hearer: Hearer): () => void {
  const { hearers } = announcerOf(pool);
  hearers.add(hearer);
  return () => void hearers.delete(hearer);
}

/** Whether somebody in this process wants the events of a run as they are written. */
export function isHeard(pool: pg.Pool, operationRunId: string): boolean {
  return [...announcerOf(pool).hearers].some((hearer) => hearer.wants(operationRunId));
}

function announcerOf(pool: pg.Pool): Announcer {
  const announcer = announcers.get(pool) ?? new Announcer(pool);
  announcers.set(pool, announcer);
  return announcer;
}

class Announcer {
  readonly hearers = new Set<Hearer>();
  readonly #pool: pg.Pool;
  /** The newest word per channel and run: who has heard it need not hear the older ones. */
  readonly #pending = new Map<string, { channel: string; payload: string }>();
  #isSending = false;
  #sentAt = -Infinity;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  add(channel: string, operationRunId: string, payload: string): void {
    this.#pending.set(`${channel} ${operationRunId}`, { channel, payload });
    if (!this.#isSending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#pending.size > 0) {
      await sleep(Math.max(0, this.#sentAt + EVERY_MS - performance.now()));
      const words = [...this.#pending.values()];
      this.#pending.clear();
      this.#sentAt = performance.now();
      const values = [words.map((word) => word.channel), words.map((word) => word.payload)];
      // Without the database there is nobody to tell either.
      await this.#pool.query({ name: 'engine_announce', text: TEXT, values }).catch(() => undefined);
    }
    this.#isSending = false;
  }
}
