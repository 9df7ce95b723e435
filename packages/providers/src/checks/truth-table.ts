import {
  type GraphPermission,
  OPTIONAL_PERMISSIONS,
  REQUIRED_PERMISSIONS,
} from '@gangway/contract/graph-permissions';
import type { PermissionRow } from '@gangway/contract/operations';
import type { CheckFacts } from '../port.js';
import { covers } from './covers.js';

export interface KnownPermissions {
  /** Null: the grants could not be read, so the token has to speak for them. */
  readonly grants: CheckFacts['grants'];
  readonly tokenRoles: readonly string[];
  /** Delegated scopes of the application. */
  readonly delegated: readonly string[];
}

/** What is needed, against what is granted and what the token carries. */
export function truthTable({ grants, tokenRoles, delegated }: KnownPermissions): PermissionRow[] {
  const row = (permission: GraphPermission, required: boolean): PermissionRow => {
    const inToken = covers(tokenRoles, permission);
    const granted = grants?.map((grant) => grant.permission) ?? tokenRoles;
    const isGranted = covers(granted, permission);
    return {
      permission,
      required,
      grantedAsApplication: isGranted,
      grantsKnown: grants !== null,
      inToken,
      delegatedOnly: !isGranted && covers(delegated, permission),
      probe: null,
    };
  };
  return [
    ...REQUIRED_PERMISSIONS.map((name) => row(name, true)),
    ...OPTIONAL_PERMISSIONS.map((name) => row(name, false)),
  ];
}
