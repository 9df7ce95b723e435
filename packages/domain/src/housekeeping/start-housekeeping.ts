import type { House } from '../house.js';
import { eraseExpiredLimits } from '../limits/limits.js';
import { eraseExpiredTemporaryPasswords } from '../provisioning/take-temporary-password.js';
import { eraseOldRows } from './erase-old-rows.js';

const INTERVAL_MS = 15 * 60_000;

/** Erases what has had its time, now and every quarter of an hour. */
export function startHousekeeping(
  house: Pick<House, 'db'>,
  onError: (error: unknown) => void,
): { stop(): void } {
  const tidy = async () => {
    await eraseExpiredTemporaryPasswords(house);
    await eraseExpiredLimits({ house });
    await eraseOldRows(house);
  };
  const run = () => void tidy().catch(onError);
  const timer = setInterval(run, INTERVAL_MS);
  timer.unref();
  run();
  return { stop: () => clearInterval(timer) };
}
