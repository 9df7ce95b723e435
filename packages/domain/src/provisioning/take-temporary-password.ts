import type { AppContext } from '../app-context.js';
import { openTemporaryPassword } from './seal-temporary-password.js';

/**
 * Hands out a run's temporary password and erases it: one caller gets it, everybody after gets null. It is opened before it is
 * erased, so that what cannot be opened stays until the right key is back. @throws SealError
 */
export async function takeTemporaryPassword(
  { db, keys }: Pick<AppContext, 'db' | 'keys'>,
  operationRunId: string,
  tenantId: string,
): Promise<string | null> {
  const found = await db.pool.query<{ user_id: string; ciphertext: string }>({
    name: 'find_temporary_password',
    text: `SELECT user_id, ciphertext FROM temporary_passwords WHERE operation_run_id = $1::uuid AND expires_at > now()`,
    values: [operationRunId],
  });
  const [row] = found.rows;
  if (!row) return null;
  const password = await openTemporaryPassword(keys, tenantId, row.user_id, row.ciphertext);
  // Of all who have read it so far, one erases it. By its text: a run that was repeated has another one.
  const erased = await db.pool.query({
    name: 'erase_temporary_password',
    text: `DELETE FROM temporary_passwords WHERE operation_run_id = $1::uuid AND ciphertext = $2`,
    values: [operationRunId, row.ciphertext],
  });
  return erased.rowCount === 1 ? password : null;
}

/** Erases what nobody fetched in time. Tells how many there were. */
export function eraseExpiredTemporaryPasswords({ db }: Pick<AppContext, 'db'>): Promise<number> {
  return db.prisma.$executeRaw`DELETE FROM temporary_passwords WHERE expires_at <= now()`;
}
