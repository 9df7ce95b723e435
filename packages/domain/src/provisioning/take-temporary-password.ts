import type { AppContext } from '../app-context.js';
import { openTemporaryPassword } from './seal-temporary-password.js';

/**
 * Hands out a run's temporary password and erases it: one caller gets it, everybody after gets null. What cannot be opened
 * stays until the right key is back. @throws SealError
 */
export async function takeTemporaryPassword(
  app: Pick<AppContext, 'db' | 'keys'>,
  operationRunId: string,
  tenantId: string,
): Promise<string | null> {
  return app.db.inTransaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ user_id: string; ciphertext: string; is_valid: boolean }[]>`
      DELETE FROM temporary_passwords WHERE operation_run_id = ${operationRunId}::uuid
      RETURNING user_id, ciphertext, expires_at > now() AS is_valid`;
    return row?.is_valid ? openTemporaryPassword(app.keys, tenantId, row.user_id, row.ciphertext) : null;
  });
}

/** Erases what nobody fetched in time. Tells how many there were. */
export function eraseExpiredTemporaryPasswords({ db }: Pick<AppContext, 'db'>): Promise<number> {
  return db.prisma.$executeRaw`DELETE FROM temporary_passwords WHERE expires_at <= now()`;
}
