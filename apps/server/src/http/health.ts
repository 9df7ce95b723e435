import { Router } from 'express';

export interface Check {
  readonly name: 'database' | 'migrations' | 'engine' | 'mail' | 'keys';
  /** Resolves with one line that says how it is; rejects when it is not fit. */
  readonly run: () => Promise<string>;
}

const CHECK_TIMEOUT_MS = 2_000;

/** `/livez`: the process answers. `/readyz`: everything it needs does too, each named with its state. */
export function createHealthRoutes(checks: readonly Check[], isStopping: () => boolean): Router {
  const router = Router();
  router.get('/livez', (_request, response) => void response.setHeader('cache-control', 'no-store').json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    const states = await Promise.all(checks.map(async (check) => [check.name, await stateOf(check)] as const));
    const isReady = !isStopping() && states.every(([, state]) => state.ok);
    response.setHeader('cache-control', 'no-store');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : isStopping() ? 'stopping' : 'not ready', checks: Object.fromEntries(states) });
  });
  return router;
}

async function stateOf(check: Check): Promise<{ ok: boolean; detail: string }> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
    });
    return { ok: true, detail: await Promise.race([check.run(), timeout]) };
  } catch {
    // The cause is in the log of whatever failed; here it could tell addresses.
    return { ok: false, detail: 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}
