import type { ReasonCode } from '@gangway/contract/reason-codes';
import { isUuid } from '@gangway/contract/text';
import type { Database } from '@gangway/db/client';
import type { Actor } from '../access/actor.js';

const HOUR_MS = 3_600_000;
/** Counts that wait to be written, at most; what comes above is counted together. */
const MAX_COUNTS = 1_000;

export interface OutsiderDenial {
  readonly actor: Actor;
  /** As audit events name it; a name out of the code, never one that was sent. */
  readonly action: string;
  readonly reasonCode: ReasonCode;
  /** What was asked for, as it was sent. Only an id is kept, and only the last one. */
  readonly target: string | null;
}

interface Count {
  readonly hour: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly action: string;
  readonly reason_code: string;
  readonly first_at: string;
  last_at: string;
  denials: number;
  last_target_id: string | null;
}

// In the order of the key, so that two processes that write at once wait for each other and do not lock each other out.
const STATEMENT = `
INSERT INTO outsider_denials AS d
       (hour, actor_kind, actor_id, action, reason_code, denials, first_at, last_at, last_target_id)
SELECT hour, actor_kind, actor_id, action, reason_code, denials, first_at, last_at, last_target_id
  FROM jsonb_to_recordset($1::jsonb) AS c (hour timestamptz, actor_kind text, actor_id text, action text,
       reason_code text, denials int, first_at timestamptz, last_at timestamptz, last_target_id uuid)
 ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (hour, actor_kind, actor_id, action, reason_code) DO UPDATE
   SET denials = d.denials + excluded.denials, last_at = greatest(d.last_at, excluded.last_at),
       first_at = least(d.first_at, excluded.first_at),
       last_target_id = coalesce(excluded.last_target_id, d.last_target_id)`;

/** How often which outsider was denied what, by the hour, until it is written to `outsider_denials`. */
export class OutsiderCounts {
  #counts = new Map<string, Count>();

  count({ actor, action, reasonCode, target }: OutsiderDenial, now: number): void {
    const targetId = target !== null && isUuid(target) ? target : null;
    const known = this.#add([actor.kind, actor.id, action, reasonCode], targetId, now, MAX_COUNTS);
    // One row an hour, by whom is not known any more: it has to be there even when there is room for nothing else.
    if (!known) this.#add(['system', 'others', '*', reasonCode], null, now, Infinity);
  }

  /** @throws where the database is away; the counts are kept */
  async write({ pool }: Pick<Database, 'pool'>): Promise<void> {
    if (this.#counts.size === 0) return;
    const written = this.#counts;
    this.#counts = new Map();
    try {
      await pool.query(STATEMENT, [JSON.stringify([...written.values()])]);
    } catch (error) {
      // What came meanwhile is in the new map: at most two maps' worth, and only until the next attempt.
      for (const [key, count] of this.#counts) {
        const earlier = written.get(key);
        if (earlier) Object.assign(earlier, count, { denials: earlier.denials + count.denials });
        else if (written.size < MAX_COUNTS) written.set(key, count);
      }
      this.#counts = written;
      throw error;
    }
  }

  #add(
    who: readonly [kind: string, id: string, action: string, reason: string],
    targetId: string | null,
    now: number,
    limit: number,
  ): boolean {
    const hour = new Date(Math.floor(now / HOUR_MS) * HOUR_MS).toISOString();
    const key = JSON.stringify([hour, ...who]);
    const at = new Date(now).toISOString();
    const [actor_kind, actor_id, action, reason_code] = who;
    let count = this.#counts.get(key);
    if (!count) {
      if (this.#counts.size >= limit) return false;
      count = {
        ...{ hour, actor_kind, actor_id, action, reason_code },
        ...{ first_at: at, last_at: at, denials: 0, last_target_id: null },
      };
      this.#counts.set(key, count);
    }
    count.denials += 1;
    count.last_at = at;
    count.last_target_id = targetId ?? count.last_target_id;
    return true;
  }
}
