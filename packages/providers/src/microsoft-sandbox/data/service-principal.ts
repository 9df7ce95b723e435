import { GRAPH_APP_ID, GRAPH_PERMISSIONS } from '@gangway/contract/graph-permissions';
import type {
  AppRoleAssignment,
  OAuth2PermissionGrant,
  ServicePrincipal,
} from '@microsoft/microsoft-graph-types';
import { type Directory, idIn, SANDBOX_CLIENT_ID } from '../directories.js';
import { ALL_GRANTED } from '../scenarios.js';
import { many, one, type Read } from './resource.js';

const servicePrincipalIdOf = (directory: Directory): string => idIn(directory, 'service principal');

/** As the v1.0 reference describes it since March 2026, which the types do not yet. */
type DisabledServicePrincipal = ServicePrincipal & { readonly isDisabled: boolean };

/** The one application, and Microsoft Graph, which its roles belong to. */
export const readServicePrincipal: Read = ({ directory }, appId) => {
  if (appId === GRAPH_APP_ID)
    return one({ id: idIn(directory, GRAPH_APP_ID), appId, displayName: 'Microsoft Graph' });
  if (appId !== SANDBOX_CLIENT_ID) return null;
  const { disabledBy } = directory.scenario;
  const found: DisabledServicePrincipal = {
    id: servicePrincipalIdOf(directory),
    appId,
    displayName: 'Gangway',
    accountEnabled: true,
    isDisabled: disabledBy === 'owner',
    disabledByMicrosoftStatus:
      disabledBy === 'microsoft' ? 'DisabledDueToViolationOfServicesAgreement' : null,
  };
  return one(found);
};

export const readAppRoleAssignments: Read = ({ directory, now }, id) => {
  if (id !== servicePrincipalIdOf(directory)) return null;
  const { granted = ALL_GRANTED, excessRoleIds = [], spreading, consentedAt } = directory.scenario;
  // Long ago, except where somebody has just consented, or the scenario is that somebody has.
  const ageMs = spreading ? 120_000 : 90 * 24 * 3_600_000;
  const grantedAt = consentedAt ?? new Date(now.getTime() - ageMs);
  const roleIds = [...granted.map((permission) => GRAPH_PERMISSIONS[permission].id), ...excessRoleIds];
  return many(
    roleIds.map((appRoleId): AppRoleAssignment => ({
      id: idIn(directory, `assignment ${appRoleId}`),
      appRoleId,
      principalId: id,
      principalType: 'ServicePrincipal',
      resourceId: idIn(directory, GRAPH_APP_ID),
      resourceDisplayName: 'Microsoft Graph',
      createdDateTime: grantedAt.toISOString(),
    })),
  );
};

/** Every grant there is belongs to the one application, so the filter that clients send changes nothing. */
export const readDelegatedGrants: Read = ({ directory }) => {
  const { delegated } = directory.scenario;
  if (delegated === undefined) return many([]);
  const grant: OAuth2PermissionGrant = {
    id: idIn(directory, 'delegated grant'),
    clientId: servicePrincipalIdOf(directory),
    consentType: 'AllPrincipals',
    resourceId: idIn(directory, GRAPH_APP_ID),
    scope: ['openid', 'profile', ...delegated].join(' '),
  };
  return many([grant]);
};
