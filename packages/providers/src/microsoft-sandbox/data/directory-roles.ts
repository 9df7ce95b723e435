import type { DirectoryRole } from '@microsoft/microsoft-graph-types';
import { idIn } from '../directories.js';
import { many, type Read } from './resource.js';
import { userOf } from './users.js';

/** Template id (Microsoft Entra built-in roles), name, and which users hold it. */
const ROLES = [
  ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator', [1, 2]],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', 'Global Reader', [3]],
  ['fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', [4, 5, 6]],
] as const;

export const readDirectoryRoles: Read = ({ directory }) =>
  many(
    ROLES.map(([roleTemplateId, displayName]): DirectoryRole => ({
      id: idIn(directory, roleTemplateId),
      displayName,
      roleTemplateId,
    })),
  );

export const readDirectoryRoleMembers: Read = ({ directory }, roleId) => {
  const role = ROLES.find(([roleTemplateId]) => idIn(directory, roleTemplateId) === roleId);
  if (!role) return null;
  return many(
    role[2].map((number) => ({ '@odata.type': '#microsoft.graph.user', ...userOf(directory, number) })),
  );
};
