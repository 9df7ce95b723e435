import type { OPTIONAL_PERMISSIONS, REQUIRED_PERMISSIONS } from '@gangway/contract/graph-permissions';
import type { Evidence, PermissionRow } from '@gangway/contract/operations';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph } from '../microsoft/graph-session.js';
import { awaitPropagation } from './await-propagation.js';
import { explainRefusal, knownFrom } from './explain-refusal.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';
import { truthTable } from './truth-table.js';

/** The smallest read that each permission allows. Not every collection accepts `$top`. */
const PROBES: Record<(typeof REQUIRED_PERMISSIONS | typeof OPTIONAL_PERMISSIONS)[number], string> = {
  // The organization itself has been read by then.
  'Organization.Read.All': '/subscribedSkus?$select=id',
  'User.Read.All': '/users?$select=id&$top=1',
  'Domain.Read.All': '/domains?$select=id&$top=1',
  'RoleManagement.Read.Directory': '/directoryRoles?$select=id',
  'Policy.Read.All': '/policies/identitySecurityDefaultsEnforcementPolicy?$select=id',
  'Application.Read.All': '/applications?$select=id&$top=1',
  'DeviceManagementConfiguration.Read.All': '/deviceManagement/deviceConfigurations?$select=id&$top=1',
};
/** All of them: together they take as long as one. */
const AT_ONCE = 8;

interface Outcome {
  readonly row: PermissionRow;
  readonly error: ProviderError | null;
  readonly evidence: Evidence | null;
}

/** Row 8: every required permission really answers, and so does every optional one that is granted. @throws ProviderError */
export async function checkCapabilityProbes(ctx: CheckContext): Promise<Finding> {
  const rows = ctx.earlier.granted_permissions?.permissions ?? guessRows(ctx);
  // One token for all of them.
  await ctx.session.tokens.acquire(ctx.session.target, ctx.session.signal);
  const outcomes: Outcome[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const batch = await Promise.all(rows.slice(start, start + AT_ONCE).map((row) => probe(ctx, row)));
    for (const outcome of batch) {
      // What stumbled in company is asked again alone, before the whole row is given up for a while.
      outcomes.push(isStumble(outcome) ? await probe(ctx, outcome.row) : outcome);
    }
  }
  return assess(outcomes);
}

const isStumble = ({ error }: Outcome): boolean =>
  error?.reasonCode === 'provider.unavailable' && error.retryAfterMs === null;

function assess(outcomes: readonly Outcome[]): Finding {
  const permissions = outcomes.map(({ row }) => row);
  const waiting = outcomes.find(({ error }) => error?.isRetryable);
  if (waiting?.error) throw waiting.error;
  const failed = outcomes.find(({ row, error }) => error && row.required && row.probe === 'fail');
  if (failed?.error) return fail(failed.error.reasonCode, failed.evidence, { permissions });
  const odd = outcomes.find(({ error }) => error);
  if (odd?.error)
    return { status: 'warn', reasonCode: odd.error.reasonCode, evidence: odd.evidence, permissions };
  return pass(outcomes[0]?.evidence ?? null, { permissions });
}

async function probe(ctx: CheckContext, row: PermissionRow): Promise<Outcome> {
  const permission = row.permission as keyof typeof PROBES;
  if (!row.required && !row.grantedAsApplication)
    return { row: { ...row, probe: 'skipped' }, error: null, evidence: null };
  try {
    const { evidence } = await getFromGraph(ctx.session, z.looseObject({}), { path: PROBES[permission] });
    return { row: { ...row, probe: 'pass' }, error: null, evidence };
  } catch (thrown) {
    const refusal = explainRefusal(ctx.session, knownFrom(ctx.earlier), permission, thrown);
    const explained = awaitPropagation(ctx.session, refusal);
    if (!(explained instanceof ProviderError)) throw explained;
    const isDelegated = row.delegatedOnly && explained.reasonCode === 'permission.missing';
    const error = isDelegated
      ? new ProviderError('permission.delegated_only', explained.evidence)
      : explained;
    const found = error.reasonCode === 'license.missing' ? 'skipped' : 'fail';
    return { row: { ...row, probe: found }, error, evidence: error.evidence };
  }
}

/** Where the grants are unknown, the token speaks for them. */
function guessRows({ earlier }: CheckContext): PermissionRow[] {
  return truthTable({
    grants: null,
    tokenRoles: earlier.token_claims?.facts.tokenRoles ?? [],
    delegated: [],
  });
}
