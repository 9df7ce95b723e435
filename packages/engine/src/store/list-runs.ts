import type { RunStatus } from '@gangway/contract/operations';
import type { OperationType } from '@gangway/contract/operation-types';
import type { RunRecord } from '../run.js';
import { type JsonRow, toRunWithSteps } from './to-run.js';
import type { Sql } from './sql.js';

export interface RunFilter {
  readonly workspaceId: string;
  readonly managedTenantId?: string | undefined;
  readonly type?: OperationType | undefined;
  readonly status?: RunStatus | undefined;
  /** Only queued and running ones. */
  readonly live?: boolean | undefined;
  /** The id of the last run of the page before. */
  readonly before?: string | null | undefined;
  readonly limit: number;
}

const TEXT = `
SELECT to_jsonb(r) - 'input' - 'result' AS run, '[]'::jsonb AS steps FROM operation_runs r
WHERE r.workspace_id = $1::uuid
  AND ($2::uuid IS NULL OR r.id < $2::uuid)
  AND ($3::uuid IS NULL OR r.managed_tenant_id = $3::uuid)
  AND ($4::text IS NULL OR r.type = $4)
  AND ($5::text IS NULL OR r.status = $5)
  AND (NOT $6::boolean OR r.status IN ('queued', 'running'))
ORDER BY r.id DESC LIMIT $7::int`;

/** Runs of a workspace, newest first (ids are UUIDv7), one more than `limit` when there is a next page. */
export async function listRuns(sql: Sql, filter: RunFilter): Promise<RunRecord[]> {
  const { workspaceId, before, managedTenantId, type, status, live, limit } = filter;
  const values = [
    workspaceId,
    before ?? null,
    managedTenantId ?? null,
    type ?? null,
    status ?? null,
    live ?? false,
    limit + 1,
  ];
  return (await sql.query<JsonRow>('list_runs', TEXT, values)).map(toRunWithSteps);
}
