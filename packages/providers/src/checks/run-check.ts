import type { CheckKey } from '@gangway/contract/operations';
import { ProviderError } from '../errors.js';
import type { CheckResult } from '../port.js';
import { awaitPropagation } from './await-propagation.js';
import { checkApplication } from './application.js';
import { checkCapabilityProbes } from './capability-probes.js';
import { checkConfiguration } from './configuration.js';
import { checkCredentialExpiry } from './credential-expiry.js';
import { checkGrantedPermissions } from './granted-permissions.js';
import { skipWithoutGround, withoutRepetition } from './lost-ground.js';
import { checkOrganization } from './organization.js';
import { type CheckContext, fail, type Finding, toCheckResult } from './row.js';
import { checkSignIn } from './sign-in.js';
import { checkTenantDiscovery } from './tenant-discovery.js';
import { checkTokenClaims } from './token-claims.js';
import { withOutboundAddresses } from './with-outbound-addresses.js';

interface CheckRow {
  /** The row without which this one has no ground. */
  readonly needs: CheckKey | null;
  readonly check: (ctx: CheckContext) => Promise<Finding>;
}

/** The report, row by row. */
const ROWS: Record<CheckKey, CheckRow> = {
  configuration: { needs: null, check: checkConfiguration },
  tenant_discovery: { needs: 'configuration', check: checkTenantDiscovery },
  sign_in: { needs: 'tenant_discovery', check: checkSignIn },
  token_claims: { needs: 'sign_in', check: checkTokenClaims },
  organization: { needs: 'token_claims', check: checkOrganization },
  application: { needs: 'token_claims', check: checkApplication },
  granted_permissions: { needs: 'application', check: checkGrantedPermissions },
  capability_probes: { needs: 'token_claims', check: checkCapabilityProbes },
  credential_expiry: { needs: 'token_claims', check: checkCredentialExpiry },
};

/** @see MicrosoftProvider.check */
export async function runCheck(key: CheckKey, ctx: CheckContext): Promise<CheckResult> {
  const { needs, check } = ROWS[key];
  if (needs !== null && !isGround(ctx.earlier[needs])) {
    return toCheckResult(key, skipWithoutGround(ctx.earlier));
  }
  const finding = withOutboundAddresses(ctx.session.config, await find(check, ctx));
  return toCheckResult(key, withoutRepetition(key, ctx.earlier, finding));
}

/** What the row finds; a failure that waiting cannot mend is a finding. */
async function find(check: CheckRow['check'], ctx: CheckContext): Promise<Finding> {
  try {
    return await check(ctx);
  } catch (thrown) {
    const error = awaitPropagation(ctx.session, thrown);
    if (!(error instanceof ProviderError) || error.isRetryable) throw error;
    return fail(error.reasonCode, error.evidence, error.advice);
  }
}

function isGround(result: CheckResult | undefined): boolean {
  return result?.check.status === 'pass' || result?.check.status === 'warn';
}
