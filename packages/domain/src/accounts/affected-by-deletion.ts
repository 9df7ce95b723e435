import { Prisma } from '@gangway/db/client';

/**
 * SQL: whom the deletion of a tenant affects, as rows of `user_id`, `role` and `account_ends`. Every member of its
 * workspace loses that membership; the account ends with the last one a person has. Accounts made through this tenant
 * that have no membership at all (any more) end too: their `role` is null.
 */
export function affectedByDeletion(tenant: string): Prisma.Sql {
  return Prisma.sql`
    SELECT m.user_id, m.role,
           NOT EXISTS (SELECT FROM memberships o WHERE o.user_id = m.user_id AND o.workspace_id <> m.workspace_id) AS account_ends
      FROM workspaces w JOIN memberships m ON m.workspace_id = w.id WHERE w.tenant = ${tenant}::uuid
    UNION ALL
    SELECT u.user_id, NULL, true FROM users u
     WHERE u.tenant = ${tenant}::uuid AND NOT EXISTS (SELECT FROM memberships o WHERE o.user_id = u.user_id)`;
}
