import type { JsonObject } from '@gangway/engine/json';
import { createTemporaryPassword, TEMPORARY_PASSWORD_HOURS } from '../../provisioning/temporary-password.js';
import { sealTemporaryPassword } from '../../provisioning/seal-temporary-password.js';
import type { TenantStep, TenantUndo } from './tenant-step.js';

/**
 * The admin user with their role. A temporary password is made here and nowhere else: its hash and its sealed text
 * come to stand in one statement, so that a step run twice keeps the first of both.
 */
export async function createAdminUser({ house, tenantId, input, ctx }: TenantStep): Promise<JsonObject> {
  const { adminUserId, adminUser } = input;
  const password = input.credentialDelivery === 'temporary_password' ? createTemporaryPassword() : null;
  const hash = password === null ? null : await house.hasher.hash(password);
  const ciphertext =
    password === null ? null : await sealTemporaryPassword(house.keys, tenantId, adminUserId, password);
  await house.db.prisma.$executeRaw`
    WITH created AS (
      INSERT INTO users (user_id, tenant, first_name, last_name, email, password_hash, must_change_password, password_expires_at)
      VALUES (${adminUserId}::uuid, ${tenantId}::uuid, ${adminUser.firstName}, ${adminUser.lastName}, ${adminUser.email}, ${hash},
              ${hash !== null}, CASE WHEN ${hash !== null} THEN now() + ${TEMPORARY_PASSWORD_HOURS} * interval '1 hour' END)
      ON CONFLICT (user_id) DO NOTHING
      RETURNING user_id
    ), kept AS (
      INSERT INTO temporary_passwords (user_id, operation_run_id, ciphertext, expires_at)
      SELECT user_id, ${ctx.run.id}::uuid, ${ciphertext}, now() + ${TEMPORARY_PASSWORD_HOURS} * interval '1 hour'
        FROM created WHERE ${ciphertext}::text IS NOT NULL
    )
    INSERT INTO user_roles (user_id, role_id, tenant) VALUES (${adminUserId}::uuid, 'admin', ${tenantId}::uuid)
    ON CONFLICT (user_id, role_id) DO NOTHING`;
  return { adminUserId };
}

export const removeAdminUser: TenantUndo = {
  list: ({ house, tenantId, input }) => house.db.prisma.$queryRaw`
    SELECT 'user' AS what, user_id AS id FROM users WHERE user_id = ${input.adminUserId}::uuid AND tenant = ${tenantId}::uuid`,
  // Role, sessions, links and the temporary password go with the user.
  undo: async ({ house, tenantId, input }) => {
    await house.db.prisma
      .$executeRaw`DELETE FROM users WHERE user_id = ${input.adminUserId}::uuid AND tenant = ${tenantId}::uuid`;
  },
};
