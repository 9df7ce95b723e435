import type { House } from '../house.js';
import { eraseExpiredLimits } from '../limits/limits.js';
import { eraseExpiredTemporaryPasswords } from './take-temporary-password.js';

const INTERVAL_MS = 15 * 60_000;

/** Erases what has had its time: temporary passwords that nobody fetched, answers kept for idempotency keys, limits. */
export function startHousekeeping(
  house: Pick<House, 'db'>,
  onError: (error: unknown) => void,
): { stop(): void } {
  const tidy = async () => {
    await eraseExpiredTemporaryPasswords(house);
    await eraseExpiredLimits({ house });
    await house.db.prisma
      .$executeRaw`DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'`;
  };
  const run = () => void tidy().catch(onError);
  const timer = setInterval(run, INTERVAL_MS);
  timer.unref();
  run();
  return { stop: () => clearInterval(timer) };
}
