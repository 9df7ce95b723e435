import { existsSync } from 'node:fs';
import { EmbeddedPostgresError } from '@gangway/db/embedded/errors';
import { MigrationError } from '@gangway/db/migrate';
import { ConfigError } from './config/config-error.js';
import { ListenError } from './http/listen.js';
import { loadConfig } from './config/load-config.js';
import { describeDemo } from './describe-demo.js';
import { createLogger } from './log.js';
import { installShutdown } from './shutdown.js';
import { startServer, type RunningServer } from './start-server.js';

try {
  if (existsSync('.env')) process.loadEnvFile('.env'); // what the environment says already stays
  const config = await loadConfig(process.env);
  const log = createLogger(config.logLevel);
  let running: RunningServer | undefined;
  let starting: Promise<unknown> = Promise.resolve();
  // Ctrl-C in the middle of a start waits for it, so that nothing is left half-way.
  const end = installShutdown(log, async () => {
    await starting.catch(() => undefined);
    await running?.close();
  });
  const start = startServer(config, log, end);
  starting = start;
  running = await start;
  console.log(`Gangway is ready at ${running.url}`);
  if (config.demo) console.log(describeDemo());
} catch (error) {
  console.error(describe(error));
  process.exit(1);
}

/** One line for what whoever starts the server can mend; everything for the rest. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOneLine =
    error instanceof ConfigError ||
    error instanceof ListenError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof MigrationError;
  if (isOneLine || error.message.startsWith('PORT ') || error.message.startsWith('HOST '))
    return error.message;
  if ('code' in error && typeof error.code === 'string' && /^(E[A-Z]+|28|3D|57|08)/.test(error.code)) {
    return `DATABASE_URL cannot be used: ${error.message || error.code}`;
  }
  return error.stack ?? error.message;
}
