import type { analytics, analyticsQuery } from '@gangway/contract/provisioning/analytics';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';

interface Row {
  readonly tenants: Record<string, number> | null;
  readonly succeeded: number;
  readonly failed: number;
  readonly live: number;
  readonly median_ms: number | null;
  readonly p95_ms: number | null;
  readonly failures: { reason_code: string; count: number }[] | null;
  readonly per_day: { date: string; succeeded: number; failed: number }[] | null;
}

/** How a partner's creations went, in one statement over its own rows. Durations are milliseconds from acceptance to end. */
export async function getAnalytics(
  scope: PartnerScope,
  { days }: z.output<typeof analyticsQuery>,
): Promise<z.infer<typeof analytics>> {
  const [row] = await scope.app.db.prisma.$queryRaw<Row[]>`
    WITH runs AS (
      SELECT status, reason_code, created_at, extract(epoch FROM finished_at - created_at) * 1000 AS ms
        FROM operation_runs
       WHERE partner_id = ${scope.partnerId}::uuid AND type = 'tenant.create' AND created_at > now() - ${days} * interval '1 day'
    )
    SELECT (SELECT jsonb_object_agg(status, n) FROM (SELECT status, count(*) AS n FROM tenants WHERE partner_id = ${scope.partnerId}::uuid GROUP BY status) t) AS tenants,
           count(*) FILTER (WHERE status = 'succeeded')::int AS succeeded,
           count(*) FILTER (WHERE status = 'failed')::int AS failed,
           count(*) FILTER (WHERE status IN ('queued', 'running'))::int AS live,
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE status = 'succeeded'))::int AS median_ms,
           (percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FILTER (WHERE status = 'succeeded'))::int AS p95_ms,
           (SELECT jsonb_agg(jsonb_build_object('reason_code', reason_code, 'count', n) ORDER BY n DESC, reason_code)
              FROM (SELECT reason_code, count(*) AS n FROM runs WHERE status = 'failed' AND reason_code IS NOT NULL GROUP BY reason_code) f) AS failures,
           (SELECT jsonb_agg(jsonb_build_object('date', date, 'succeeded', good, 'failed', bad) ORDER BY date)
              FROM (SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS date, count(*) FILTER (WHERE status = 'succeeded') AS good,
                           count(*) FILTER (WHERE status = 'failed') AS bad FROM runs GROUP BY 1) d) AS per_day
      FROM runs`;
  const { succeeded = 0, failed = 0, live = 0, median_ms = null, p95_ms = null } = row ?? {};
  return {
    days,
    tenants: row?.tenants ?? {},
    creations: { succeeded, failed, live, median_ms, p95_ms },
    failures: row?.failures ?? [],
    per_day: row?.per_day ?? [],
  };
}
