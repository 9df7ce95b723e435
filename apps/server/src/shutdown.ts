import type { Logger } from './log.js';

/** How long an orderly end may take, engine and PostgreSQL included. */
const LIMIT_MS = 25_000;
/** npm passes Ctrl-C on, so that one press may arrive twice: only a later one means "now". */
const SAME_PRESS_MS = 1_000;

/**
 * Ends the process in order on Ctrl-C, SIGTERM and SIGHUP (exit 0), and on an error that nobody caught (exit 1).
 * Returns the way to end it from within.
 */
export function installShutdown(log: Logger, close: () => Promise<void>): (error?: Error) => void {
  let startedAt = 0;
  const shutDown = (why: string, exitCode: number): void => {
    if (startedAt > 0) {
      if (Date.now() - startedAt > SAME_PRESS_MS) process.exit(1);
      return;
    }
    startedAt = Date.now();
    log.info(`Closing: ${why}`);
    setTimeout(() => {
      log.error('Closing took too long');
      process.exit(1);
    }, LIMIT_MS).unref();
    close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ err: error }, 'Closing failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => shutDown(signal, 0));
  const end = (error?: Error): void => {
    if (error) log.fatal({ err: error }, `The server cannot go on: ${error.message}`);
    shutDown(error ? error.message : 'asked for', error ? 1 : 0);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', (reason) =>
    end(reason instanceof Error ? reason : new Error(String(reason))),
  );
  return end;
}
