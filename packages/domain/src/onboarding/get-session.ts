import type { Session } from '@gangway/contract/onboarding';
import type { ManagedTenant, ProviderConnection } from '@gangway/db/generated/client';
import { type JsonRow, toRunWithSteps, withSteps } from '@gangway/engine/port';
import type { WorkspaceScope } from '../access/scope.js';
import { type ConnectionRow, toConnection } from '../connections/to-connection.js';
import { notFound } from '../errors.js';
import { toManagedTenant } from '../managed-tenants/to-managed-tenant.js';
import { toRun, toRunSummary } from '../operations/to-run.js';
import { rowOfJson } from '../row-of-json.js';
import { currentStep, stepStates } from './current-step.js';
import { FACT_JOINS, factColumns, type FactsRow, toFacts } from './load-facts.js';

type Json = Record<string, unknown>;

interface Row extends Omit<FactsRow, 'bootstrap'>, JsonRow {
  readonly version: number;
  readonly updated_by: string;
  readonly updated_at: Date;
  readonly managed_tenant: Json;
  readonly open_sessions: { id: string }[];
  readonly connection: Json | null;
  readonly credential: Json | null;
  readonly bootstrap: (Json & FactsRow['bootstrap'][number])[];
}

// In one statement: a wizard is opened, and polled, more often than anything else is read.
const STATEMENT = `
SELECT ${factColumns(`to_jsonb(b) - 'input' - 'result'`)}, ${withSteps('v')},
       s.version, s.updated_by, s.updated_at, to_jsonb(m) AS managed_tenant,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', o.id)), '[]') FROM onboarding_sessions o
         WHERE o.managed_tenant_id = m.id AND o.status = 'open') AS open_sessions,
       to_jsonb(c) AS connection, to_jsonb(k) - 'ciphertext' - 'key_id' AS credential
  FROM onboarding_sessions s
  JOIN managed_tenants m ON m.id = s.managed_tenant_id
  ${FACT_JOINS}
  LEFT JOIN provider_credentials k ON k.provider_connection_id = c.id
 WHERE s.workspace_id = $1::uuid AND s.id = $2::uuid`;

/** A session with everything to go on from: whoever opens it, wherever, stands where it stopped. @throws AppError not_found */
export async function getSession(
  scope: WorkspaceScope,
  input: { onboardingSessionId: string },
): Promise<Session> {
  const values = [scope.workspaceId, input.onboardingSessionId];
  const { rows } = await scope.app.db.pool.query<Row>({ name: 'get_session', text: STATEMENT, values });
  const row = rows[0];
  if (!row) throw notFound();
  const facts = toFacts(row);
  const { id, version, credential } = row;
  const managedTenant = rowOfJson(row.managed_tenant) as ManagedTenant;
  const connection = row.connection && {
    ...(rowOfJson(row.connection) as ProviderConnection),
    credential: credential && (rowOfJson(credential) as NonNullable<ConnectionRow['credential']>),
  };
  const verification = row.run_id === null ? null : toRun(toRunWithSteps(row));
  return {
    id,
    managedTenant: toManagedTenant({ ...managedTenant, sessions: row.open_sessions }),
    connection: connection && toConnection(connection),
    currentStep: currentStep(facts),
    steps: stepStates(facts),
    version,
    verification: verification && { ...verification, stale: facts.isStale },
    bootstrap: row.bootstrap.map((run) => toRunSummary(toRunWithSteps({ run, steps: [] }))),
    status: facts.status,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at.toISOString(),
  };
}
