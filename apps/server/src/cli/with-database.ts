import { createDatabase, type Database } from '@gangway/db/client';
import { DataDirInUseError } from '@gangway/db/embedded/errors';
import { findRunningPostgres } from '@gangway/db/embedded-postgres';
import { loadConfig } from '../config/load-config.js';
import { loadEnvFile } from '../load-env-file.js';
import { createLogger } from '../log.js';
import { openDatabase } from '../open-database.js';

/**
 * Opens the database of the environment for as long as the work takes: at its newest migration, to which it is brought only
 * where it may be. @throws MigrationError
 */
export async function withDatabase<T>(
  work: (db: Database) => Promise<T>,
  { migrates = false } = {},
): Promise<T> {
  loadEnvFile();
  const config = await loadConfig(process.env);
  const fail = (error: Error): never => {
    throw error;
  };
  // stdout is for what the command came to.
  const log = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const database = await openDatabase({ config, log, migrates, onLost: fail });
  try {
    return await work(database.db);
  } finally {
    await database.close();
  }
}

/** As {@link withDatabase}; where a server works on DATA_DIR, beside it, at the migration that the server has. */
export async function besideServer<T>(work: (db: Database) => Promise<T>): Promise<T> {
  try {
    return await withDatabase(work);
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    const { dataDir } = await loadConfig(process.env);
    const url = await findRunningPostgres(dataDir);
    if (url === null) throw error;
    const db = createDatabase({ url, poolMax: 2 });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }
}
