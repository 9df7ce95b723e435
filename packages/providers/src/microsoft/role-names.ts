import { GRAPH_PERMISSIONS } from '@gangway/contract/graph-permissions';
import { ROLE_IDS } from './permission-table.js';

const NAME_OF: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(GRAPH_PERMISSIONS).map(([name, { id }]): [string, string] => [id, name]),
  // Roles we never ask for, recognised because they are enough for a read of ours, or more than enough.
  ...Object.entries(ROLE_IDS).map(([name, id]): [string, string] => [id, name]),
]);

/** The name of an application role of Microsoft Graph; its id where this version does not know it. */
export function roleName(roleId: string): string {
  const id = roleId.toLowerCase();
  return NAME_OF.get(id) ?? id;
}

/** Whether a role does more than read, as far as that is known: a role without a name may do anything. */
export function isExcessive(role: string): boolean {
  return !Object.hasOwn(GRAPH_PERMISSIONS, role);
}
