import { existsSync } from 'node:fs';
import { EmbeddedPostgresError } from '@gangway/db/embedded/errors';
import { MigrationError } from '@gangway/db/migrate';
import { ConfigError } from './config/config-error.js';
import { ListenError } from './http/listen.js';
import { loadConfig } from './config/load-config.js';
import { describeDemo } from './describe-demo.js';
import { createLogger } from './log.js';
import { installShutdown } from './shutdown.js';
import { startServer } from './start-server.js';

try {
  if (existsSync('.env')) process.loadEnvFile('.env'); // what the environment says already stays
  const config = await loadConfig(process.env);
  const log = createLogger(config.logLevel);
  // Ctrl-C in the middle of a start waits for it, so that nothing is left half-way.
  let closeServer = async (): Promise<void> => undefined;
  const end = installShutdown(log, () => closeServer());
  const starting = startServer(config, log, end);
  closeServer = () =>
    starting.then(
      (server) => server.close(),
      () => undefined, // it has closed what it had begun
    );
  const running = await starting;
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
