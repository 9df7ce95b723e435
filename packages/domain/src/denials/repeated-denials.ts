import type { Database } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import type { AuditEntry, AuditSource } from '../audit/audit.js';

const WINDOW_MS = 3_600_000;
/** Denials of one actor, action and reason in a window that are events of their own. */
const EVENTS_PER_WINDOW = 20;
/** Windows that are open at once; the oldest closes when there are more. */
const MAX_WINDOWS = 10_000;

interface Window {
  readonly source: AuditSource;
  readonly entry: AuditEntry;
  readonly endsAt: number;
  denials: number;
  /** How many of the denials the trail says. */
  written: number;
  /** The event that counts those above the limit, once there are some. */
  summaryId: string | null;
}

// Only the count of an event that is there changes.
const STATEMENT = `
INSERT INTO audit_events (id, workspace_id, partner_id, actor_kind, actor_id, actor_label, action, outcome, reason_code, data)
SELECT id, workspace_id, partner_id, actor_kind, actor_id, actor_label, action, 'denied', reason_code, data
  FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, workspace_id uuid, partner_id uuid, actor_kind text, actor_id text,
       actor_label text, action text, reason_code text, data jsonb)
    ON CONFLICT (id) DO UPDATE SET data = excluded.data`;

/** Tells which denials are written to a trail one by one, and counts the others until they are written in one event. */
export class RepeatedDenials {
  readonly #windows = new Map<string, Window>();

  /** Whether this one is to be an event of its own; otherwise it is counted here. */
  admit(source: AuditSource, entry: AuditEntry, now: number): boolean {
    const { workspaceId, partnerId, actor } = source;
    const key = JSON.stringify([
      workspaceId,
      partnerId,
      actor.kind,
      actor.id,
      entry.action,
      entry.reasonCode,
    ]);
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      // At the end of the map again: it is in the order of age.
      this.#windows.delete(key);
      this.#evict();
      window = { source, entry, endsAt: now + WINDOW_MS, denials: 0, written: 0, summaryId: null };
      this.#windows.set(key, window);
    }
    window.denials += 1;
    if (window.denials > EVENTS_PER_WINDOW) return false;
    window.written += 1;
    return true;
  }

  /** @throws where the database is away; the counts are kept */
  async write({ pool }: Pick<Database, 'pool'>, now: number): Promise<void> {
    const due = [...this.#windows.values()].filter(({ denials, written }) => denials > written);
    if (due.length > 0) {
      const rows = due.map((window) => ({ window, denials: window.denials, event: toEvent(window) }));
      await pool.query(STATEMENT, [JSON.stringify(rows.map(({ event }) => event))]);
      for (const { window, denials } of rows) window.written = denials;
    }
    for (const [key, { endsAt, denials, written }] of this.#windows)
      if (endsAt <= now && denials === written) this.#windows.delete(key);
  }

  #evict(): void {
    const [oldest] = this.#windows.keys();
    if (this.#windows.size >= MAX_WINDOWS && oldest !== undefined) this.#windows.delete(oldest);
  }
}

function toEvent(window: Window): Record<string, unknown> {
  window.summaryId ??= uuidv7();
  const { source, entry, denials } = window;
  return {
    id: window.summaryId,
    workspace_id: source.workspaceId ?? null,
    partner_id: source.partnerId ?? null,
    actor_kind: source.actor.kind,
    actor_id: source.actor.id,
    actor_label: source.actor.label,
    action: entry.action,
    reason_code: entry.reasonCode ?? null,
    data: { repeated: String(denials - EVENTS_PER_WINDOW) },
  };
}
