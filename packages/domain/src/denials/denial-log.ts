import type { ReasonCode } from '@gangway/contract/reason-codes';
import type { Database } from '@gangway/db/client';
import { audit, type AuditEntry, type AuditSource } from '../audit/audit.js';
import { OutsiderCounts, type OutsiderDenial } from './outsider-counts.js';
import { RepeatedDenials } from './repeated-denials.js';

const FLUSH_EVERY_MS = 10_000;

export type Denial = AuditEntry & { readonly outcome: 'denied'; readonly reasonCode: ReasonCode };

export interface DenialLogOptions {
  readonly db: Database;
  /** Told of every denial, for the metrics. `whose`: of somebody who belongs there, or of an outsider. */
  readonly onDenied?: (whose: 'member' | 'outsider', reasonCode: ReasonCode) => void;
  readonly onError?: (error: unknown) => void;
  readonly now?: () => number;
}

/**
 * Keeps what was denied. However much is asked, the rows and the memory for it are bounded, and a request never waits for
 * the rows of outsiders. Counts that were not written yet are lost with the process, at most those of ten seconds.
 */
export class DenialLog {
  readonly #options: DenialLogOptions;
  readonly #outsiders = new OutsiderCounts();
  readonly #repeated = new RepeatedDenials();
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: DenialLogOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /**
   * Counts what an outsider was denied. No statement and no look at what they asked for: a request for something that is
   * somebody else's costs what one for nothing costs.
   */
  countOutsider(denial: OutsiderDenial): void {
    this.#options.onDenied?.('outsider', denial.reasonCode);
    this.#outsiders.count(denial, this.#now());
  }

  /**
   * Writes a denial to the trail of those it happened to, workspace or partner, for somebody who belongs there. The first
   * twenty in an hour of one actor, action and reason are events of their own; the rest are counted in one.
   */
  async audit(source: AuditSource, denial: Denial): Promise<void> {
    this.#options.onDenied?.('member', denial.reasonCode);
    if (this.#repeated.admit(source, denial, this.#now()))
      await audit(this.#options.db.prisma, source, denial);
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.flush(), FLUSH_EVERY_MS).unref();
  }

  /** Writes what was counted. What cannot be written now is kept and told to `onError`. */
  flush(): Promise<void> {
    const { db, onError = () => undefined } = this.#options;
    this.#flushing = this.#flushing.then(async () => {
      await this.#outsiders.write(db).catch(onError);
      await this.#repeated.write(db, this.#now()).catch(onError);
    });
    return this.#flushing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.flush();
  }
}
