import { Prisma } from '@gangway/db/client';
import type { PreparedRows } from '@gangway/engine/port';
import { createTemporaryPassword, TEMPORARY_PASSWORD_HOURS } from '../../provisioning/temporary-password.js';
import { sealTemporaryPassword } from '../../provisioning/seal-temporary-password.js';
import type { TenantRowUndo, TenantStep } from './tenant-step.js';

/**
 * The admin user with their role. A temporary password is made here and nowhere else: its hash and its sealed text
 * come to stand in one statement, so that a step run twice keeps the first of both. The mail, where it is written in the
 * same statement, is handed the password itself.
 */
export async function createAdminUser({ app, tenantId, input, ctx }: TenantStep): Promise<PreparedRows> {
  const { adminUserId, adminUser } = input;
  const password = input.credentialDelivery === 'temporary_password' ? createTemporaryPassword() : null;
  const hash = password === null ? null : await app.hasher.hash(password);
  const expiry = Prisma.sql`now() + ${TEMPORARY_PASSWORD_HOURS}::int * interval '1 hour'`;
  const user = Prisma.sql`
    INSERT INTO users (user_id, tenant, first_name, last_name, email, password_hash, must_change_password, password_expires_at)
    SELECT ${adminUserId}::uuid, ${tenantId}::uuid, ${adminUser.firstName}, ${adminUser.lastName}, ${adminUser.email}, ${hash},
           ${hash !== null}::boolean, CASE WHEN ${hash !== null}::boolean THEN ${expiry} END FROM run
    ON CONFLICT (user_id) DO NOTHING`;
  const role = Prisma.sql`
    INSERT INTO user_roles (user_id, role_id, tenant) SELECT ${adminUserId}::uuid, 'admin', ${tenantId}::uuid FROM run
    ON CONFLICT (user_id, role_id) DO NOTHING`;
  if (password === null) return { output: { adminUserId }, rows: [user, role] };
  const ciphertext = await sealTemporaryPassword(app.keys, tenantId, adminUserId, password);
  const kept = Prisma.sql`
    INSERT INTO temporary_passwords (user_id, operation_run_id, ciphertext, expires_at)
    SELECT ${adminUserId}::uuid, ${ctx.run.id}::uuid, ${ciphertext}, ${expiry} FROM run
     WHERE NOT EXISTS (SELECT FROM users WHERE user_id = ${adminUserId}::uuid)`;
  return { output: { adminUserId }, rows: [user, role, kept], handOver: password };
}

/**
 * The account that this run made, unless its person has joined another workspace since: a creation that was parked behind
 * its last step has let them in.
 */
const madeHere = (
  tenantId: string,
  { adminUserId, workspaceId }: TenantStep['input'],
): Prisma.Sql => Prisma.sql`
  user_id = ${adminUserId}::uuid AND tenant = ${tenantId}::uuid
    AND NOT EXISTS (SELECT FROM memberships m WHERE m.user_id = ${adminUserId}::uuid AND m.workspace_id <> ${workspaceId}::uuid)`;

export const removeAdminUser: TenantRowUndo = {
  list: ({ app, tenantId, input }) => app.db.prisma.$queryRaw`
    SELECT 'user' AS what, user_id AS id FROM users WHERE ${madeHere(tenantId, input)}`,
  // Role, sessions, links and the temporary password go with the account.
  rows: ({ tenantId, input }) => [Prisma.sql`DELETE FROM users USING run WHERE ${madeHere(tenantId, input)}`],
};
