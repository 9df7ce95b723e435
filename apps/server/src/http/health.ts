import { Router } from 'express';

/** One thing that must work before requests are welcome. */
export interface Check {
  readonly name: 'database' | 'migrations' | 'engine' | 'mail_transport' | 'key_ring';
  /** Resolves with one line that says how it is, without addresses or secrets; rejects when it is not fit. */
  readonly run: () => Promise<string>;
}

interface CheckState {
  readonly state: 'ok' | 'failed';
  readonly detail: string;
}

const CHECK_TIMEOUT_MS = 2_000;

/** `/livez`: the process answers. `/readyz`: everything it needs does too, each named with its state. */
export function createHealthRoutes(checks: readonly Check[], isClosing: () => boolean): Router {
  const router = Router();
  router.use(['/livez', '/readyz'], (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  router.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const states = await Promise.all(
      checks.map(async (check) => [check.name, await stateOf(check)] as const),
    );
    const isFit = states.every(([, { state }]) => state === 'ok');
    const status = isClosing() ? 'closing' : isFit ? 'ready' : 'not_ready';
    response.status(status === 'ready' ? 200 : 503).json({ status, checks: Object.fromEntries(states) });
  });
  return router;
}

async function stateOf(check: Check): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
    });
    return { state: 'ok', detail: await Promise.race([check.run(), timeout]) };
  } catch {
    // The cause is in the log of whatever failed; here it could tell addresses.
    return { state: 'failed', detail: 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}
