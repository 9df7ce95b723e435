import type { AppContext } from '../app-context.js';
import { eraseExpiredLimits } from '../limits/limits.js';
import { eraseExpiredTemporaryPasswords } from '../provisioning/take-temporary-password.js';
import { eraseOldRows, type Kept } from './erase-old-rows.js';

const INTERVAL_MS = 15 * 60_000;

/** Erases what has had its time, now and every quarter of an hour; `stop` waits for what is under way. */
export function startHousekeeping(
  app: Pick<AppContext, 'db'>,
  kept: Kept,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const tidy = async () => {
    await eraseExpiredTemporaryPasswords(app);
    await eraseExpiredLimits({ app });
    await eraseOldRows(app, kept);
  };
  let last = tidy().catch(onError);
  const timer = setInterval(() => {
    last = last.then(tidy).catch(onError);
  }, INTERVAL_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await last;
    },
  };
}
