import type { Database } from '@gangway/db/client';
import type { RunEvent } from '@gangway/contract/operations';
import { hearEvents } from '../store/announce.js';
import { loadEventsSince, loadLastSeqs } from '../store/load-events-since.js';
import { CHANNELS, sqlOfPool } from '../store/sql.js';

/** Somebody who watches a run, as far as their rights are concerned. */
export interface Watcher<Who = unknown> {
  readonly operationRunId: string;
  readonly who: Who;
}

export interface HubOptions<Who> {
  readonly db: Pick<Database, 'pool' | 'listen'>;
  /** Which of these may still watch; asked about all of them at once. Absent: everybody may. */
  readonly isStillAllowed?: (watchers: readonly Watcher<Who>[]) => Promise<ReadonlySet<Watcher<Who>>>;
  /** How often rights are read again. Milliseconds, default 1,000. */
  readonly recheckMs?: number;
  /** How often the watched runs are looked at where no word of them came. Milliseconds, default 1,000. */
  readonly pollMs?: number;
}

type Push = (event: RunEvent | 'cut') => void;

/**
 * Tells any number of watchers in this process about events. What is written in this process it is handed; of what others
 * write the database is asked once per run and notification, however many watch, and not at all without watchers.
 */
export class WatchHub<Who = unknown> {
  readonly #options: HubOptions<Who>;
  readonly #rooms = new Map<string, Room<Who>>();
  #unlisten: (() => Promise<void>) | undefined;
  #unhear: (() => void) | undefined;
  #recheck: NodeJS.Timeout | undefined;
  #poll: NodeJS.Timeout | undefined;
  #isChecking = false;
  #isStopped = false;

  constructor(options: HubOptions<Who>) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { db } = this.#options;
    this.#unhear = hearEvents(db.pool, {
      wants: (operationRunId) => this.#rooms.has(operationRunId),
      hear: (operationRunId, seq, events) => this.#rooms.get(operationRunId)?.hear(seq, events),
    });
    this.#unlisten = await db.listen(CHANNELS.events, (payload) => {
      const [operationRunId = '', seq] = payload?.split(':') ?? [];
      // Null: the connection was lost, and with it whatever was said meanwhile.
      if (payload === null) for (const room of this.#rooms.values()) room.refresh();
      else this.#rooms.get(operationRunId)?.refreshTo(Number(seq));
    });
    this.#poll = setInterval(() => void this.#lookForMissed(), this.#options.pollMs ?? 1_000);
    if (this.#options.isStillAllowed)
      this.#recheck = setInterval(() => void this.#cutOffTheUnallowed(), this.#options.recheckMs ?? 1_000);
  }

  /** Ends every stream; those that join later end at once, since nobody would tell them of anything. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#recheck);
    clearInterval(this.#poll);
    for (const room of this.#rooms.values()) for (const push of room.watchers.values()) push('cut');
    this.#rooms.clear();
    this.#unhear?.();
    await this.#unlisten?.();
  }

  get watching(): number {
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.watchers.size, 0);
  }

  /** All events of the run that are stored now; those that come later are pushed. Call `leave` when done. */
  async join(watcher: Watcher<Who>, push: Push): Promise<{ stored: readonly RunEvent[]; leave: () => void }> {
    const { operationRunId } = watcher;
    if (this.#isStopped) push('cut');
    const room = this.#rooms.get(operationRunId) ?? new Room<Who>(this.#options.db, operationRunId);
    this.#rooms.set(operationRunId, room);
    room.watchers.set(watcher, push);
    const leave = () => {
      room.watchers.delete(watcher);
      if (room.watchers.size === 0 && this.#rooms.get(operationRunId) === room)
        this.#rooms.delete(operationRunId);
    };
    try {
      await room.opened;
    } catch (error) {
      leave();
      throw error;
    }
    return { stored: room.events, leave };
  }

  /** One statement for all watched runs: a process may have died between a commit and its word. */
  async #lookForMissed(): Promise<void> {
    if (this.#rooms.size === 0) return;
    try {
      const newest = await loadLastSeqs(sqlOfPool(this.#options.db.pool), [...this.#rooms.keys()]);
      for (const [runId, seq] of newest) {
        this.#rooms.get(runId)?.refreshTo(seq);
      }
    } catch {
      // The next second asks again.
    }
  }

  async #cutOffTheUnallowed(): Promise<void> {
    const watchers = [...this.#rooms.values()].flatMap((room) => [...room.watchers]);
    if (this.#isChecking || watchers.length === 0) return;
    this.#isChecking = true;
    try {
      const allowed = await this.#options.isStillAllowed?.(watchers.map(([watcher]) => watcher));
      for (const [watcher, push] of watchers) if (!allowed?.has(watcher)) push('cut');
    } catch {
      // The database does not answer: nobody learns anything new meanwhile, and the next second asks again.
    } finally {
      this.#isChecking = false;
    }
  }
}

/** The events of one run while somebody watches it: a run tells some dozens, so all of them are kept. */
class Room<Who> {
  readonly watchers = new Map<Watcher<Who>, Push>();
  readonly opened: Promise<void>;
  readonly #sql;
  readonly #operationRunId: string;
  #events: readonly RunEvent[] = [];
  /** What was written here while events were being read. */
  readonly #heard: RunEvent[] = [];
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

  /** Takes what was just written where it follows on what is here, and reads on otherwise. */
  hear(seq: number, events: readonly RunEvent[]): void {
    if (this.#isLoading) this.#heard.push(...events);
    else this.#tell(events);
    // What was heard while the first events are still read is looked at after them.
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
        this.#tell(await loadEventsSince(this.#sql, this.#operationRunId, this.lastSeq));
        const heard = this.#heard.splice(0);
        this.#tell(heard);
        this.#isStale ||= (heard.at(-1)?.seq ?? 0) > this.lastSeq;
      } while (this.#isStale);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Pushes those that follow on what is here, each once. */
  #tell(events: readonly RunEvent[]): void {
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
