import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import type { Directory } from './directories.js';
import type { SandboxContext } from './sandbox-context.js';

const SLOW_MS = 2_000;

/** What befalls every call of a directory alike. True: the call has been answered. */
export async function simulateFaults(
  { faults }: SandboxContext,
  directory: Directory,
  response: Response,
): Promise<boolean> {
  const { every } = directory.scenario;
  if (every === 'slow') await sleep(SLOW_MS);
  if (every === 'flaky' && faults.isThirdCall(directory)) {
    response
      .status(503)
      .json({ error: { code: 'serviceNotAvailable', message: 'Sandbox: every third call fails.' } });
    return true;
  }
  return false;
}
