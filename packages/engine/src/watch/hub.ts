import type { Database } from '@gangway/db/client';
import type { RunEvent } from '@gangway/contract/operations';
import { subscribeToEvents } from '../store/announce.js';
import { loadEventsSince, loadLastSeqs } from '../store/load-events-since.js';
import { CHANNELS, sqlOfPool } from '../store/sql.js';

/** A subscription to a run, and whose rights it depends on. */
export interface Watcher<Who = unknown> {
  readonly operationRunId: string;
  readonly who: Who;
}

export interface HubOptions<Who> {
  readonly db: Pick<Database, 'pool' | 'listen'>;
  /** Which of these may still watch; called with all of them at once. Absent: all may. */
  readonly isStillAllowed?: (watchers: readonly Watcher<Who>[]) => Promise<ReadonlySet<Watcher<Who>>>;
  /** How often rights are read again. Milliseconds, default 1,000. */
  readonly recheckMs?: number;
  /** How often the watched runs are polled, for notifications that were missed. Milliseconds, default 1,000. */
  readonly pollMs?: number;
}

type Push = (event: RunEvent | 'cut') => void;

/**
 * Pushes events to any number of watchers in this process. What is written in this process is passed on directly; for what other
 * processes write, the database is read once per run and notification, however many watch, and not at all without watchers.
 */
export class WatchHub<Who = unknown> {
  readonly #options: HubOptions<Who>;
  readonly #channels = new Map<string, Channel<Who>>();
  #unlisten: (() => Promise<void>) | undefined;
  #unsubscribe: (() => void) | undefined;
  #recheck: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #isChecking = false;
  #isStopped = false;

  constructor(options: HubOptions<Who>) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { db } = this.#options;
    this.#unsubscribe = subscribeToEvents(db.pool, {
      wants: (operationRunId) => this.#channels.has(operationRunId),
      notify: (operationRunId, seq, events) => this.#channels.get(operationRunId)?.receive(seq, events),
    });
    this.#unlisten = await db.listen(CHANNELS.events, (payload) => {
      const [operationRunId = '', seq] = payload?.split(':') ?? [];
      // Null: the connection was lost, and notifications with it.
      if (payload === null) for (const channel of this.#channels.values()) channel.refresh();
      else this.#channels.get(operationRunId)?.refreshTo(Number(seq));
    });
    this.#poll = setInterval(() => void this.#lookForMissed(), this.#options.pollMs ?? 1_000);
    if (this.#options.isStillAllowed)
      this.#recheck = setInterval(() => void this.#cutOffTheUnallowed(), this.#options.recheckMs ?? 1_000);
  }

  /** Ends every stream; those that join later end at once, since no event would reach them. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#recheck);
    clearInterval(this.#poll);
    for (const channel of this.#channels.values()) for (const push of channel.watchers.values()) push('cut');
    this.#channels.clear();
    this.#unsubscribe?.();
    await this.#unlisten?.();
  }

  get watching(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.watchers.size, 0);
  }

  /** All events of the run that are stored now; those that come later are pushed. Call `leave` when done. */
  async join(watcher: Watcher<Who>, push: Push): Promise<{ stored: readonly RunEvent[]; leave: () => void }> {
    const { operationRunId } = watcher;
    if (this.#isStopped) push('cut');
    const channel = this.#channels.get(operationRunId) ?? new Channel<Who>(this.#options.db, operationRunId);
    this.#channels.set(operationRunId, channel);
    channel.watchers.set(watcher, push);
    const leave = () => {
      channel.watchers.delete(watcher);
      if (channel.watchers.size === 0 && this.#channels.get(operationRunId) === channel)
        this.#channels.delete(operationRunId);
    };
    try {
      await channel.opened;
    } catch (error) {
      leave();
      throw error;
    }
    return { stored: channel.events, leave };
  }

  /** One statement for all watched runs: a process may have died between a commit and its notification. */
  async #lookForMissed(): Promise<void> {
    if (this.#channels.size === 0) return;
    try {
      const newest = await loadLastSeqs(sqlOfPool(this.#options.db.pool), [...this.#channels.keys()]);
      for (const [runId, seq] of newest) {
        this.#channels.get(runId)?.refreshTo(seq);
      }
    } catch {
      // The next second asks again.
    }
  }

  async #cutOffTheUnallowed(): Promise<void> {
    const watchers = [...this.#channels.values()].flatMap((channel) => [...channel.watchers]);
    if (this.#isChecking || watchers.length === 0) return;
    this.#isChecking = true;
    try {
      const allowed = await this.#options.isStillAllowed?.(watchers.map(([watcher]) => watcher));
      for (const [watcher, push] of watchers) if (!allowed?.has(watcher)) push('cut');
    } catch {
      // The database does not answer: no events arrive meanwhile either, and the next second asks again.
    } finally {
      this.#isChecking = false;
    }
  }
}

/** The events of one run while it is watched: a run has some dozens, so all of them are kept. */
class Channel<Who> {
  readonly watchers = new Map<Watcher<Who>, Push>();
  readonly opened: Promise<void>;
  readonly #sql;
  readonly #operationRunId: string;
  #events: readonly RunEvent[] = [];
  /** What was written here while events were being read. */
  readonly #received: RunEvent[] = [];
  #isLoading = false;
  #isStale = false;

  constructor(db: Pick<Database, 'pool'>, operationRunId: string) {
    this.#sql = sqlOfPool(db.pool);
    this.#operationRunId = operationRunId;
    this.opened = this.#load();
  }

  get events(): readonly RunEvent[] {
    return this.#events;
  }

  get lastSeq(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  /** Publishes what was just written if it follows on what is here, and reads on otherwise. */
  receive(seq: number, events: readonly RunEvent[]): void {
    if (this.#isLoading) this.#received.push(...events);
    else this.#publish(events);
    // What is received while the first events are still read is looked at after them.
    if (!this.#isLoading || events.length === 0) this.refreshTo(seq);
  }

  /** Reads on, unless the event is here already. */
  refreshTo(seq: number): void {
    if (seq > this.lastSeq) this.refresh();
  }

  refresh(): void {
    this.#isStale = true;
    if (!this.#isLoading) this.#load().catch(() => this.#retry());
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    try {
      do {
        this.#isStale = false;
        this.#publish(await loadEventsSince(this.#sql, this.#operationRunId, this.lastSeq));
        const received = this.#received.splice(0);
        this.#publish(received);
        this.#isStale ||= (received.at(-1)?.seq ?? 0) > this.lastSeq;
      } while (this.#isStale);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Pushes those that follow on what is here, each once. */
  #publish(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.seq !== this.lastSeq + 1) continue;
      this.#events = [...this.#events, event];
      for (const push of this.watchers.values()) push(event);
    }
  }

  #retry(): void {
    if (this.watchers.size > 0) setTimeout(() => this.refresh(), 500).unref();
  }
}
