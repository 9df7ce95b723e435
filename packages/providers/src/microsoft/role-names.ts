import { GRAPH_PERMISSIONS } from '@gangway/contract/graph-permissions';

/** Roles we never ask for, recognised because they are enough for a read of ours, or more than enough. */
const MORE = {
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'Application.ReadWrite.OwnedBy': '18a4783c-866b-4cc7-a460-3d5e5662c884',
  'DeviceManagementConfiguration.ReadWrite.All': '9241abd9-d0e6-425a-bd4f-47ba86e767a4',
  'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'Domain.ReadWrite.All': '7e05723c-0bb0-42da-be95-ae9f08a6e53c',
  'Organization.ReadWrite.All': '292d869f-3427-49a8-9dab-8c70152b74e9',
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  'User.ReadWrite.All': '741f803b-c850-494e-b5df-cde7c675a1ca',
} as const;

const NAME_OF: ReadonlyMap<string, string> = new Map<string, string>([
  ...Object.entries(GRAPH_PERMISSIONS).map(([name, { id }]): [string, string] => [id, name]),
  ...Object.entries(MORE).map(([name, id]): [string, string] => [id, name]),
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
