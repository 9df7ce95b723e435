import { endpointsOf } from '../microsoft/clouds.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Row 1: what can be told without asking anybody. @throws ProviderError `tenant.wrong_cloud` without a sandbox */
export async function checkConfiguration({ session }: CheckContext): Promise<Finding> {
  const { target, config } = session;
  if (!UUID.test(target.entraTenantId) || !UUID.test(target.clientId)) return fail('request.invalid', null);
  endpointsOf(target.cloud, config);
  if (target.credential === null) return fail('credential.missing', null);
  if (target.expiresAt !== null && Date.parse(target.expiresAt) <= config.now().getTime()) {
    return fail('credential.expired', null);
  }
  return pass(null);
}
