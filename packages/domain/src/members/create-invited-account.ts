import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';

/**
 * Makes an account for an invited person who has none, with the password they chose by the mailed link, which proves
 * the address. Membership comes later, when they accept. @returns null where the address has an account meanwhile
 */
export async function createInvitedAccount(
  tx: Prisma.TransactionClient,
  invitation: { readonly email: string; readonly workspaceId: string },
  passwordHash: string,
): Promise<{ userId: string; email: string } | null> {
  const { email, workspaceId } = invitation;
  const firstName = email.slice(0, email.indexOf('@'));
  const rows = await tx.$queryRaw<{ user_id: string }[]>`
    INSERT INTO users (user_id, tenant, email, first_name, last_name, password_hash, updated_at)
    SELECT ${uuidv7()}::uuid, w.tenant, ${email}, ${firstName}, '', ${passwordHash}, now()
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid
    ON CONFLICT (email) DO NOTHING
    RETURNING user_id`;
  const row = rows[0];
  return row ? { userId: row.user_id, email } : null;
}
