import type { ProvisioningRun } from '@gangway/contract/provisioning/operation-runs';
import { getRun, type RunWithSteps, sqlOfPool } from '@gangway/engine/port';
import type { PartnerScope } from '../access/scope.js';
import { notFound } from '../errors.js';
import { takeTemporaryPassword } from './take-temporary-password.js';
import { toProvisioningRun } from './to-provisioning-run.js';

/**
 * One run of the partner. The first answer that tells the credential which started a creation of its success carries
 * the temporary password; it is erased with that. `isTold`: whether anybody reads the answer. @throws AppError not_found
 */
export async function getProvisioningRun(
  scope: PartnerScope,
  input: { operation_run_id: string },
  { isTold }: { isTold: boolean } = { isTold: true },
): Promise<ProvisioningRun> {
  const run = await loadRun(scope, input.operation_run_id);
  const isInitiator = run.startedByKind === scope.actor.kind && run.startedById === scope.actor.id;
  const isCreated = run.type === 'tenant.create' && run.status === 'succeeded';
  const password =
    isTold && isInitiator && isCreated ? await takeTemporaryPassword(scope.app, run.id, run.subjectId) : null;
  return toProvisioningRun(run, password);
}

async function loadRun({ app, partnerId }: PartnerScope, operationRunId: string): Promise<RunWithSteps> {
  const run = await getRun(sqlOfPool(app.db.pool), operationRunId);
  if (run.partnerId !== partnerId) throw notFound();
  return run;
}
