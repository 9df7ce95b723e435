import { isUuid } from '@gangway/contract/text';
import { endpointsOf } from '../microsoft/clouds.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';

/** Row 1: what can be told without asking anybody. @throws ProviderError `tenant.wrong_cloud` without a sandbox */
export async function checkConfiguration({ session }: CheckContext): Promise<Finding> {
  const { target, config } = session;
  if (!isUuid(target.entraTenantId) || !isUuid(target.clientId)) return fail('request.invalid', null);
  endpointsOf(target.cloud, config);
  if (target.credential === null) return fail('credential.missing', null);
  if (target.expiresAt !== null && Date.parse(target.expiresAt) <= config.now().getTime()) {
    return fail('credential.expired', null);
  }
  return pass(null);
}
