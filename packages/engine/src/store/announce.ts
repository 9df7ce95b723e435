import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '@gangway/contract/operations';
import type pg from 'pg';
import { CHANNELS } from './sql.js';

// A NOTIFY inside a transaction that writes makes its commit hold a lock of the whole server until the disk has it: runs
// that have nothing to do with each other would wait in line. So what was committed is announced afterwards, without a
// write, many at once. Should this process die in between, subscribers find out by looking (once a second).
const TEXT = `SELECT pg_notify(c, p)::text FROM unnest($1::text[], $2::text[]) AS n (c, p)`;

/** Notifications leave at most this often, and at once after a pause: less than anybody sees, and several quick runs. Milliseconds. */
const EVERY_MS = 20;

/** Follows runs in this process. */
export interface Subscriber {
  /** Whether the events of this run are to be passed on where they are written. */
  readonly wants: (operationRunId: string) => boolean;
  /** The run has events up to `seq`; the newest of them, if they were wanted. */
  readonly notify: (operationRunId: string, seq: number, events: readonly RunEvent[]) => void;
}

const announcers = new WeakMap<pg.Pool, Announcer>();

/**
 * Publishes that a run has events up to `seq`: to subscribers in this process at once, to other processes in a moment. Call it
 * after the commit. Never throws, not awaited.
 */
export function announceEvents(
  pool: pg.Pool,
  operationRunId: string,
  seq: number,
  events: readonly RunEvent[],
): void {
  const announcer = announcerOf(pool);
  for (const subscriber of announcer.subscribers) subscriber.notify(operationRunId, seq, events);
  announcer.add(CHANNELS.events, operationRunId, `${operationRunId}:${seq}`);
}

/** Notifies the workers of all processes that a run may be due. */
export function announceQueued(pool: pg.Pool, operationRunId: string): void {
  announcerOf(pool).add(CHANNELS.queued, operationRunId, operationRunId);
}

/** Subscribes to what this process announces, without the way through the database. Returns what ends it. */
export function subscribeToEvents(pool: pg.Pool, subscriber: Subscriber): () => void {
  const { subscribers } = announcerOf(pool);
  subscribers.add(subscriber);
  return () => void subscribers.delete(subscriber);
}

/** Whether a subscriber in this process wants the events of a run as they are written. */
export function isSubscribed(pool: pg.Pool, operationRunId: string): boolean {
  return [...announcerOf(pool).subscribers].some((subscriber) => subscriber.wants(operationRunId));
}

function announcerOf(pool: pg.Pool): Announcer {
  const announcer = announcers.get(pool) ?? new Announcer(pool);
  announcers.set(pool, announcer);
  return announcer;
}

class Announcer {
  readonly subscribers = new Set<Subscriber>();
  readonly #pool: pg.Pool;
  /** The newest notification per channel and run: it says what the older ones said. */
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
      const pending = [...this.#pending.values()];
      this.#pending.clear();
      this.#sentAt = performance.now();
      const values = [pending.map(({ channel }) => channel), pending.map(({ payload }) => payload)];
      // Without the database there is no session to notify either.
      await this.#pool.query({ name: 'engine_announce', text: TEXT, values }).catch(() => undefined);
    }
    this.#isSending = false;
  }
}
