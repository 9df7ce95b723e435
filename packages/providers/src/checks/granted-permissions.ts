import { GRAPH_APP_ID } from '@gangway/contract/graph-permissions';
import type { Evidence, PermissionRow } from '@gangway/contract/operations';
import { PROVIDER_REASONS, type ProviderReasonCode } from '@gangway/contract/reason-codes';
import { z } from 'zod';
import { ProviderError } from '../errors.js';
import { getFromGraph, type GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { isExcessive, roleName } from '../microsoft/role-names.js';
import { readTokenClaims } from '../microsoft/token-claims.js';
import type { CheckFacts } from '../port.js';
import { type CheckContext, fail, type Finding, pass } from './row.js';
import { truthTable } from './truth-table.js';

const assignment = z.object({
  appRoleId: z.string().max(64),
  resourceId: z.string().max(64).nullish(),
  createdDateTime: z.iso.datetime({ offset: true }).nullish(),
});
/** A principal may hold 1,500 roles. */
const MOST_SHOWN = 10;
const delegatedGrant = z.object({ scope: z.string().nullish() });
const resource = z.object({ id: z.string().max(64) });

/** Row 7: every required permission is granted as an application role. @throws ProviderError */
export async function checkGrantedPermissions({ session, earlier }: CheckContext): Promise<Finding> {
  const tokenRoles = (await readRoles(session)) ?? earlier.token_claims?.facts.tokenRoles ?? [];
  const servicePrincipalId = earlier.application?.facts.servicePrincipalId ?? '';
  const { grants, refusal } = await readGrants(session, servicePrincipalId);
  if ((grants ?? []).length === 0 && tokenRoles.length === 0) {
    return fail('consent.missing', refusal, {
      facts: { grants },
      permissions: truthTable({ grants, tokenRoles, delegated: [] }),
    });
  }
  const isWhole = truthTable({ grants, tokenRoles, delegated: [] }).every(
    (row) => row.grantedAsApplication || !row.required,
  );
  // Only where something is missing does it matter whether somebody granted it in the wrong way.
  const delegated = isWhole ? [] : await readDelegatedScopes(session, servicePrincipalId);
  const permissions = truthTable({ grants, tokenRoles, delegated });
  const held = grants?.map(({ permission }) => permission) ?? null;
  const lost =
    held === null ? [] : (session.target.grantsBefore ?? []).filter((role) => !held.includes(role));
  return { ...assess(permissions, held ?? [], lost, refusal), facts: { grants }, permissions };
}

/** Of the token in use: after waiting for a consent to spread it is a newer one than row 4 has seen. */
async function readRoles({ tokens, target, signal }: GraphSession): Promise<readonly string[] | null> {
  const token = await tokens.acquire(target, signal);
  return readTokenClaims(token.accessToken)?.roles ?? null;
}

function assess(
  permissions: readonly PermissionRow[],
  held: readonly string[],
  lost: readonly string[],
  evidence: Evidence | null,
): Finding {
  const missing = permissions.filter((row) => row.required && !row.grantedAsApplication);
  if (missing.length === 0) {
    // A role that this version does not know may do anything, so it is named as well, by its id.
    const excess = held.filter(isExcessive);
    if (lost.length > 0) return warn('permission.revoked', lost, evidence);
    return excess.length > 0 ? warn('permission.excessive', excess, evidence) : pass(evidence);
  }
  const reasonCode = missing.every((row) => row.delegatedOnly)
    ? 'permission.delegated_only'
    : 'permission.missing';
  const names = missing.map((row) => row.permission).join(', ');
  return fail(reasonCode, evidence, { remedy: `${names}: ${PROVIDER_REASONS[reasonCode].remedy}` });
}

function warn(reasonCode: ProviderReasonCode, roles: readonly string[], evidence: Evidence | null): Finding {
  const shown = roles.slice(0, MOST_SHOWN).join(', ') + (roles.length > MOST_SHOWN ? ', …' : '');
  const remedy = `${shown}: ${PROVIDER_REASONS[reasonCode].remedy}`;
  return { status: 'warn', reasonCode, evidence, remedy };
}

/** Application roles of the service principal. Being refused is itself a finding: Application.Read.All is missing. */
async function readGrants(
  session: GraphSession,
  id: string,
): Promise<{ grants: CheckFacts['grants']; refusal: Evidence | null }> {
  try {
    // Neither needs the other.
    const [items, graphId] = await Promise.all([
      listFromGraph(session, assignment, { path: `/servicePrincipals/${id}/appRoleAssignments` }),
      readIdOfGraph(session),
    ]);
    const grants = items
      .filter(({ resourceId }) => graphId === null || !resourceId || resourceId.toLowerCase() === graphId)
      .map(({ appRoleId, createdDateTime }) => ({
        permission: roleName(appRoleId),
        grantedAt: createdDateTime ?? null,
      }));
    return { grants, refusal: null };
  } catch (error) {
    if (isRefusal(error)) return { grants: null, refusal: error.evidence };
    throw error;
  }
}

/** The id of Microsoft Graph in this tenant: roles of other services may carry the same id. Null where it is not told. */
async function readIdOfGraph(session: GraphSession): Promise<string | null> {
  try {
    const path = `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=id`;
    return (await getFromGraph(session, resource, { path })).value.id.toLowerCase();
  } catch (error) {
    if (error instanceof ProviderError && !error.isRetryable) return null;
    throw error;
  }
}

/** Needs more than we ask for (Directory.Read.All), so being refused is the usual case and says nothing. */
async function readDelegatedScopes(session: GraphSession, id: string): Promise<string[]> {
  const filter = encodeURIComponent(`clientId eq '${id}'`);
  try {
    const items = await listFromGraph(session, delegatedGrant, {
      path: `/oauth2PermissionGrants?$filter=${filter}`,
    });
    return items.flatMap(({ scope }) => (scope ?? '').split(' ').filter((name) => name !== ''));
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}

function isRefusal(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.reasonCode === 'permission.missing';
}
