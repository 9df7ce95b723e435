import { existsSync } from 'node:fs';
import { EmbeddedPostgresError } from '@gangway/db/embedded/errors';
import { MigrationError } from '@gangway/db/migrate';
import { ConfigError } from './config/config-error.js';
import { loadConfig } from './config/load-config.js';
import { describeDemo } from './describe-demo.js';
import { ListenError } from './http/listen.js';
import { createLogger } from './log.js';
import { installShutdown } from './shutdown.js';
import { startServer } from './start-server.js';

/** Starts the server and says where it is; from then on signals end it. What whoever starts it can mend is one line. */
export async function runServer(): Promise<void> {
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
}

const ONE_LINE = [ConfigError, ListenError, EmbeddedPostgresError, MigrationError];

// Node's codes of an address that cannot be reached; SQLSTATEs of a log-in, a database or a server that is refused.
const UNREACHABLE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|(08|28|3D|57)\w{3})$/;

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (ONE_LINE.some((kind) => error instanceof kind)) return error.message;
  if ('code' in error && typeof error.code === 'string' && UNREACHABLE.test(error.code)) {
    return `DATABASE_URL cannot be used: ${error.message || error.code}`;
  }
  return error.stack ?? error.message;
}
