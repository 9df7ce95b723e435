import { Router } from 'express';

/** One thing that must work before requests are welcome. */
export interface Check {
  readonly name: 'database' | 'migrations' | 'engine' | 'mail_transport' | 'key_ring';
  /** Resolves with one line that says how it is, without addresses or secrets; rejects when it is not fit. */
  readonly run: () => Promise<string>;
}

/** A check failed for a reason that may be shown: the reason code, which names no address and no secret. */
export class CheckFailedError extends Error {
  override readonly name = 'CheckFailedError';

  constructor(readonly reasonCode: string) {
    super(reasonCode);
  }
}

interface CheckState {
  readonly state: 'ok' | 'failed';
  readonly detail: string;
}

/** Below the two seconds within which `/readyz` answers, whatever hangs. */
const CHECK_TIMEOUT_MS = 1_500;
/** A check that hangs is not begun again by every probe; after so long it is. */
const ABANDON_AFTER_MS = 10_000;
const RETRY_AFTER_SECONDS = '2';

/** `/livez`: the process answers. `/readyz`: everything it needs does too, each named with its state. */
export function createHealthRoutes(checks: readonly Check[], isClosing: () => boolean): Router {
  const router = Router();
  const shared = checks.map(({ name, run }) => ({ name, run: shareRunning(run) }));
  router.use(['/livez', '/readyz'], (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  router.get('/livez', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const states = await Promise.all(
      shared.map(async (check) => [check.name, await stateOf(check)] as const),
    );
    const isFit = states.every(([, { state }]) => state === 'ok');
    const status = isClosing() ? 'closing' : isFit ? 'ready' : 'not_ready';
    if (status !== 'ready') response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    response.status(status === 'ready' ? 200 : 503).json({ status, checks: Object.fromEntries(states) });
  });
  return router;
}

/** Probes that come while a check is under way wait for that one: many pollers take no more connections than one. */
function shareRunning(run: Check['run']): Check['run'] {
  let current: { readonly startedAt: number; readonly result: Promise<string> } | undefined;
  return () => {
    if (current && Date.now() - current.startedAt < ABANDON_AFTER_MS) return current.result;
    const started = { startedAt: Date.now(), result: run() };
    current = started;
    const clear = () => {
      if (current === started) current = undefined;
    };
    started.result.then(clear, clear);
    return started.result;
  };
}

async function stateOf(check: Check): Promise<CheckState> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
    });
    return { state: 'ok', detail: await Promise.race([check.run(), timeout]) };
  } catch (error) {
    // Any other cause is in the log of whatever failed; here it could tell addresses.
    return { state: 'failed', detail: error instanceof CheckFailedError ? error.reasonCode : 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}
