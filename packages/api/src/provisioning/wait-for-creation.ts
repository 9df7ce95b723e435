import type { CreatedTenant, ProvisionedTenant } from '@gangway/contract/provisioning/tenants';
import type { PartnerScope } from '@gangway/domain/access/scope';
import { readCreation } from '@gangway/domain/provisioning/read-creation';
import { toAppError } from '@gangway/domain/to-app-error';
import { waitForRun, type RunWait } from '../run-wait.js';

/**
 * What a creation answers: after the wait, if one is preferred, with the run as it is then. A preference that cannot be
 * honoured is ignored, as RFC 7240 has it, since the tenant is there and its run can be followed: of a credential that may
 * not read runs, of a partner with as many event streams and waiting calls as it may have, and without a database.
 * @throws AbortError if the client has left: nobody would read the password that the answer may carry
 */
export async function waitForCreation(
  scope: PartnerScope,
  created: ProvisionedTenant,
  wait: RunWait | null,
): Promise<CreatedTenant> {
  const operationRunId = created.operation_run_id;
  if (wait === null || operationRunId === null || !scope.permissions.includes('tenant:read')) return created;
  try {
    const close = scope.app.streamLimits.open('partner', scope.partnerId);
    try {
      await waitForRun(scope, operationRunId, wait);
    } finally {
      close();
    }
    wait.gone.throwIfAborted();
    return await readCreation(scope, created, operationRunId);
  } catch (error) {
    const refusal = toAppError(error)?.refusal;
    if (refusal === 'too_many' || refusal === 'unavailable') return created;
    throw error;
  }
}

/** The headers that say of an answer that its wait was honoured. */
export function toWaitHeaders(
  { operation_run: run }: CreatedTenant,
  wait: RunWait | null,
): Record<string, string> {
  return run === undefined || wait === null ? {} : { 'preference-applied': `wait=${wait.seconds}` };
}

/** The same answer for whoever repeats the request: the temporary password is told once. */
export function withoutPassword({ operation_run: run, ...tenant }: CreatedTenant): CreatedTenant {
  if (run === undefined) return tenant;
  const { result } = run;
  const isCreated = result !== null && 'temporary_password' in result;
  return {
    ...tenant,
    operation_run: isCreated ? { ...run, result: { ...result, temporary_password: null } } : run,
  };
}
