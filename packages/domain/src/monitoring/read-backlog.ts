import type { AppContext } from '../app-context.js';

export interface RunBacklog {
  readonly type: string;
  readonly queued: number;
  readonly running: number;
  /** Seconds since the oldest queued run was accepted; 0 without one. */
  readonly oldestQueuedSeconds: number;
}

export interface OutboxBacklog {
  readonly outbox: 'mail' | 'webhooks';
  /** Not sent yet, those among them that wait for another attempt included. */
  readonly queued: number;
  readonly due: number;
  /** Seconds for which the oldest has been due; 0 without one. */
  readonly oldestDueSeconds: number;
}

const STATEMENT = `
SELECT 'runs' AS what, type AS name, count(*) FILTER (WHERE status = 'queued')::int AS queued,
       count(*) FILTER (WHERE status = 'running')::int AS rest,
       coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'queued')), 0)::float8 AS oldest
  FROM operation_runs WHERE status IN ('queued', 'running') GROUP BY type
UNION ALL
SELECT 'outbox', 'mail', count(*)::int, count(*) FILTER (WHERE next_attempt_at <= now())::int,
       greatest(coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0), 0)::float8
  FROM mail_messages WHERE status = 'queued'
UNION ALL
SELECT 'outbox', 'webhooks', count(*)::int, count(*) FILTER (WHERE next_attempt_at <= now())::int,
       greatest(coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0), 0)::float8
  FROM webhook_deliveries WHERE status = 'queued'
UNION ALL
SELECT 'given_up', 'mail', count(*)::int, 0, 0 FROM mail_messages WHERE status = 'failed' AND body_ciphertext IS NOT NULL`;

interface Row {
  readonly what: 'runs' | 'outbox' | 'given_up';
  readonly name: string;
  readonly queued: number;
  readonly rest: number;
  readonly oldest: number;
}

export interface Backlog {
  readonly runs: readonly RunBacklog[];
  readonly outboxes: readonly OutboxBacklog[];
  /** Mails that nobody tries to send any more, and that could still be sent again. */
  readonly mailsGivenUp: number;
}

/** What waits to be done, of everybody: one statement over the partial indexes of what is live, queued and given up. */
export async function readBacklog({ db }: Pick<AppContext, 'db'>): Promise<Backlog> {
  const { rows } = await db.pool.query<Row>(STATEMENT);
  return {
    runs: rows
      .filter(({ what }) => what === 'runs')
      .map(({ name, queued, rest, oldest }) => ({
        ...{ type: name, queued, running: rest, oldestQueuedSeconds: oldest },
      })),
    outboxes: rows
      .filter(({ what }) => what === 'outbox')
      .map(({ name, queued, rest, oldest }) => ({
        ...{ outbox: name === 'mail' ? 'mail' : 'webhooks', queued, due: rest, oldestDueSeconds: oldest },
      })),
    mailsGivenUp: rows.find(({ what }) => what === 'given_up')?.queued ?? 0,
  };
}
