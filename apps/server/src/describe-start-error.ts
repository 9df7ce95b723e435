import { APPLICATION_ROLE } from '@gangway/db/application-role';
import { ConnectionError } from '@gangway/db/connection/connection-error';
import { EmbeddedPostgresError } from '@gangway/db/embedded/errors';
import { MigrationError } from '@gangway/db/migrate';
import { CommandError } from './cli/command-error.js';
import { ConfigError } from './config/config-error.js';
import { ListenError } from './http/listen.js';
import { StartError } from './start-error.js';

const ONE_LINE = [CommandError, ConfigError, StartError, ListenError, EmbeddedPostgresError, MigrationError];

// Node's codes of an address that cannot be reached; SQLSTATEs of a log-in, a database or a server that is refused.
const UNREACHABLE = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|(08|28|3D|57)\w{3}|25006)$/;
/** SQLSTATE insufficient_privilege. */
const NOT_PERMITTED = '42501';

/** Whether PostgreSQL could not be reached, or let nobody in. */
export function isUnusable(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && UNREACHABLE.test(String(error.code));
}

/** One line for what whoever starts the server can mend, and everything for the rest. */
export function describeStartError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (ONE_LINE.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof ConnectionError || isUnusable(error))
    return `DATABASE_URL cannot be used: ${error.message || error.code}`;
  if ('code' in error && error.code === NOT_PERMITTED)
    return `DATABASE_URL cannot be used: ${error.message}. GRANT ${APPLICATION_ROLE} TO its role`;
  return error.stack ?? error.message;
}
