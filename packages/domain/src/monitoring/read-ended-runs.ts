import type { AppContext } from '../app-context.js';

export interface EndedStep {
  readonly name: string;
  readonly status: string;
  /** How often it failed, retries included. */
  readonly failures: number;
  readonly reasonCode: string | null;
  /** From its first start to its end, waits between attempts included; null where it never ended. */
  readonly seconds: number | null;
}

export interface EndedRun {
  readonly type: string;
  readonly status: string;
  readonly reasonCode: string | null;
  /** From acceptance to end. */
  readonly seconds: number;
  readonly steps: readonly EndedStep[];
}

/** How runs went that have ended; those that have not are left out. */
export async function readEndedRuns(
  { db }: Pick<AppContext, 'db'>,
  ids: readonly string[],
): Promise<EndedRun[]> {
  const { rows } = await db.pool.query<EndedRun>(
    `SELECT r.type, r.status, r.reason_code AS "reasonCode",
            greatest(extract(epoch FROM r.finished_at - r.created_at), 0)::float8 AS seconds,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('name', s.name, 'status', s.status, 'failures', s.failures,
                      'reasonCode', s.reason_code, 'seconds', extract(epoch FROM s.finished_at - s.started_at))), '[]')
               FROM operation_run_steps s WHERE s.run_id = r.id AND s.started_at IS NOT NULL) AS steps
       FROM operation_runs r WHERE r.id = ANY ($1::uuid[]) AND r.finished_at IS NOT NULL`,
    [ids],
  );
  return rows;
}
