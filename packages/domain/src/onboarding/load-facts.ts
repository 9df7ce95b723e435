import type { RunStatus } from '@gangway/contract/operations';
import { Prisma, type ReadClient } from '@gangway/db/client';
import { notFound } from '../errors.js';
import type { SessionFacts } from './current-step.js';

/** What `factColumns` gives. */
export interface FactsRow {
  id: string;
  status: SessionFacts['status'];
  revision: number | null;
  run_id: string | null;
  run_status: RunStatus | null;
  run_revision: number | null;
  attention: number;
  bootstrap: { id: string; status: RunStatus }[];
}

export interface LoadedFacts extends SessionFacts {
  /** How many of its checks failed or warn. */
  readonly attention: number;
}

/**
 * SQL: the columns of `FactsRow`, for sessions `s` joined by `FACT_JOINS`. `bootstrap` says what is told of the newest run
 * `b` of each bootstrap operation: its id and status at least.
 */
export const factColumns = (bootstrap: string) => `
  s.id, s.status, c.revision, v.id AS run_id, v.status AS run_status, (v.input->>'revision')::int AS run_revision,
  (SELECT count(*)::int FROM operation_run_steps p
    WHERE p.run_id = v.id AND (p.status = 'failed' OR p.output->'check'->>'status' IN ('fail', 'warn'))) AS attention,
  coalesce((SELECT jsonb_agg(${bootstrap} ORDER BY b.id) FROM (
     SELECT DISTINCT ON (r.type) r.* FROM operation_runs r
      WHERE r.workspace_id = s.workspace_id AND r.managed_tenant_id = s.managed_tenant_id
        AND r.onboarding_session_id = s.id AND r.type <> 'provider.connection.check'
      ORDER BY r.type, r.id DESC) b), '[]') AS bootstrap`;

/** SQL: the selected connection `c` of a session `s`, and its newest verification `v`. */
export const FACT_JOINS = `
  LEFT JOIN provider_connections c ON c.id = s.provider_connection_id
  LEFT JOIN LATERAL (
    SELECT r.* FROM operation_runs r
     WHERE r.workspace_id = s.workspace_id AND r.managed_tenant_id = s.managed_tenant_id
       AND r.type = 'provider.connection.check' AND r.provider_connection_id = c.id
     ORDER BY r.id DESC LIMIT 1) v ON true`;

const COLUMNS = Prisma.raw(factColumns(`jsonb_build_object('id', b.id, 'status', b.status)`));
const JOINS = Prisma.raw(FACT_JOINS);

/** The facts that decide where sessions of a workspace stand, for all of them in one statement. */
export async function loadFactsOf(
  db: ReadClient,
  workspaceId: string,
  sessionIds: readonly string[],
): Promise<Map<string, LoadedFacts>> {
  const rows = await db.$queryRaw<FactsRow[]>`
    SELECT ${COLUMNS} FROM onboarding_sessions s ${JOINS}
     WHERE s.workspace_id = ${workspaceId}::uuid AND s.id = ANY(${sessionIds}::uuid[])`;
  return new Map(rows.map((row) => [row.id, toFacts(row)]));
}

/** The same for one session. @throws AppError not_found */
export async function loadFacts(
  db: ReadClient,
  session: { id: string; workspaceId: string },
): Promise<LoadedFacts> {
  const facts = (await loadFactsOf(db, session.workspaceId, [session.id])).get(session.id);
  if (!facts) throw notFound();
  return facts;
}

export function toFacts(row: FactsRow): LoadedFacts {
  const isStale = row.run_status !== null && row.run_revision !== row.revision;
  return {
    status: row.status,
    hasConnection: row.revision !== null,
    verification: isStale ? null : row.run_status,
    isStale,
    bootstrap: row.bootstrap.map((run) => run.status),
    attention: row.attention,
  };
}
