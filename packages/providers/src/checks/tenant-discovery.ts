import { ProviderError } from '../errors.js';
import { discoverInCloud } from '../microsoft/discovery.js';
import { evidenceOfAnswer } from '../microsoft/evidence.js';
import { UNKNOWN_CLOUD } from '../microsoft/merge-outcomes.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

/** Row 2: the chosen cloud knows the tenant, under its own id, as one of its own. @throws ProviderError */
export async function checkTenantDiscovery({ session }: CheckContext): Promise<Finding> {
  const { config, target, signal } = session;
  const found = await discoverInCloud(config, target.cloud, target.entraTenantId, signal).catch(explain);
  const evidence = evidenceOfAnswer(found.answer);
  if (found.entraTenantId !== target.entraTenantId.toLowerCase()) return fail('tenant.mismatch', evidence);
  if (found.cloud === null) return fail('tenant.wrong_cloud', evidence, { remedy: UNKNOWN_CLOUD });
  if (found.cloud !== target.cloud) return fail('tenant.wrong_cloud', evidence);
  return pass(evidence);
}

/** Each cloud knows its own tenants only, so that a tenant nobody knows here may live in another one. */
function explain(error: unknown): never {
  if (!(error instanceof ProviderError) || error.reasonCode !== 'tenant.not_found') throw error;
  throw new ProviderError('tenant.not_found', error.evidence, null, {
    remedy:
      'The cloud of this connection does not know the tenant. Check the tenant ID, and whether the connection has the cloud that the tenant lives in.',
  });
}
