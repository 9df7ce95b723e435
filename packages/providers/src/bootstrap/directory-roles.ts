import { SNAPSHOT_LIST_LIMIT, type SnapshotData } from '@gangway/contract/snapshots';
import { z } from 'zod';
import type { GraphSession } from '../microsoft/graph-session.js';
import { listFromGraph } from '../microsoft/pages.js';
import { name } from './name.js';

/** Template id of Global Administrator, the same in every tenant (Microsoft Entra built-in roles). */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

const role = z.object({ id: z.string().regex(/^[\w-]{1,64}$/), roleTemplateId: z.string().nullish() });
const member = z.object({ displayName: name, userPrincipalName: z.string().max(1_000).nullish() });

/** Roles in use, and who the global administrators are: users, but also groups and applications. */
export async function readDirectoryRoles(
  session: GraphSession,
): Promise<SnapshotData['inventory.directory_roles']> {
  const roles = await listFromGraph(session, role, { path: '/directoryRoles?$select=id,roleTemplateId' });
  const administrator = roles.find(({ roleTemplateId }) => roleTemplateId === GLOBAL_ADMINISTRATOR);
  const members = administrator
    ? await listFromGraph(session, member, {
        path: `/directoryRoles/${administrator.id}/members?$select=id,displayName,userPrincipalName`,
      })
    : [];
  return {
    activeRoles: roles.length,
    globalAdministratorCount: members.length,
    globalAdministrators: members.slice(0, SNAPSHOT_LIST_LIMIT).map(({ displayName, userPrincipalName }) => ({
      displayName,
      userPrincipalName: userPrincipalName ?? null,
    })),
  };
}
