import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { EngineLog } from '../options.js';

let isInstalled = false;

/** Sends what Temporal's SDK logs to our log, warnings and worse. Once per process: the SDK has one runtime. */
export function installRuntime(log: EngineLog | undefined): void {
  if (isInstalled) return;
  isInstalled = true;
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    // By itself, so that the log writes it down as it does every error: in `temporal` it would be an empty object.
    const { error, ...temporal } = meta ?? {};
    const fields = { temporal, ...(error === undefined ? {} : { err: error }) };
    if (level === 'ERROR') log?.error(fields, message);
    else log?.warn(fields, message);
  });
  // The server ends its streams first; signals are not the SDK's business.
  Runtime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'WARN', forward: {} } },
  });
}
