import type { Session } from '@gangway/contract/onboarding';
import { getRun } from '@gangway/engine/store/get-run';
import { sqlOfPool } from '@gangway/engine/store/sql';
import type { WorkspaceScope } from '../access/scope.js';
import { toConnection, withCredentialInfo } from '../connections/to-connection.js';
import { notFound } from '../errors.js';
import { toManagedTenant, withOpenSession } from '../managed-tenants/to-managed-tenant.js';
import { toRun, toRunSummary } from '../operations/to-run.js';
import { currentStep, stepStates } from './current-step.js';
import { loadFacts } from './load-facts.js';

/** A session with everything to go on from: whoever opens it, wherever, stands where it stopped. @throws AppError not_found */
export async function getSession(
  scope: WorkspaceScope,
  input: { onboardingSessionId: string },
): Promise<Session> {
  const { workspaceId } = scope;
  const db = scope.house.db.prisma;
  const row = await db.onboardingSession.findFirst({
    where: { workspaceId, id: input.onboardingSessionId },
    include: { managedTenant: { include: withOpenSession }, connection: { include: withCredentialInfo } },
  });
  if (!row) throw notFound();
  const facts = await loadFacts(db, row);
  const sql = sqlOfPool(scope.house.db.pool);
  const verification = facts.verificationRunId ? toRun(await getRun(sql, facts.verificationRunId)) : null;
  const bootstrap = await Promise.all(
    facts.bootstrapRunIds.map(async (id) => toRunSummary(await getRun(sql, id))),
  );
  const { id, version, updatedBy } = row;
  return {
    id,
    managedTenant: toManagedTenant(row.managedTenant),
    connection: row.connection && toConnection(row.connection),
    currentStep: currentStep(facts),
    steps: stepStates(facts),
    version,
    verification: verification && { ...verification, stale: facts.isStale },
    bootstrap,
    status: facts.status,
    updatedBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}
