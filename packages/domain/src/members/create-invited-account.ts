import type { Prisma } from '@gangway/db/generated/client';
import { uuidv7 } from 'uuidv7';

interface Invited {
  readonly email: string;
  readonly workspaceId: string;
  /** As they write it; without one, what their address says. */
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/**
 * Makes an account for an invited person who has none, with the password they chose by the mailed link, which proves
 * the address. @returns null where the address has an account meanwhile
 */
export async function createInvitedAccount(
  tx: Prisma.TransactionClient,
  invited: Invited,
  passwordHash: string,
): Promise<{ userId: string; email: string } | null> {
  const { email, workspaceId } = invited;
  const firstName = invited.firstName ?? email.slice(0, email.indexOf('@'));
  const lastName = invited.lastName ?? '';
  const rows = await tx.$queryRaw<{ user_id: string }[]>`
    INSERT INTO users (user_id, tenant, email, first_name, last_name, password_hash, updated_at)
    SELECT ${uuidv7()}::uuid, w.tenant, ${email}, ${firstName}, ${lastName}, ${passwordHash}, now()
      FROM workspaces w WHERE w.id = ${workspaceId}::uuid
    ON CONFLICT (email) DO NOTHING
    RETURNING user_id`;
  const row = rows[0];
  return row ? { userId: row.user_id, email } : null;
}
