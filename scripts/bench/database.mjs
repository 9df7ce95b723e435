import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../packages/db/dist/embedded-postgres.js';
import { migrate } from '../../packages/db/dist/migrate.js';
import { makeFolder } from './servers.mjs';

const pg = createRequire(new URL('../../packages/db/package.json', import.meta.url))('pg');

/** A PostgreSQL of its own, of the kind the product brings, migrated; `stop` deletes it. */
export async function startPostgres() {
  const { folder, remove } = await makeFolder();
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrate({ url: postgres.ownerUrl });
  return {
    dataDir: folder,
    url: postgres.url,
    ownerUrl: postgres.ownerUrl,
    async stop() {
      await postgres.stop();
      await remove();
    },
  };
}

/** The address of the embedded PostgreSQL of a data directory, as the owner of the tables. */
export async function ownerUrlOf(dataDir) {
  const read = async (name) => (await readFile(path.join(dataDir, 'postgres', name), 'utf8')).trim();
  return `postgresql://gangway_owner:${await read('owner.password')}@127.0.0.1:${await read('port')}/gangway`;
}

export async function connectOwner(dataDir) {
  const client = new pg.Client({ connectionString: await ownerUrlOf(dataDir) });
  await client.connect();
  return client;
}

/** Makes an empty database beside that of the product, on the same PostgreSQL. Gives its address. */
export async function createDatabaseBeside(dataDir, name) {
  const owner = await connectOwner(dataDir);
  await owner.query(`CREATE DATABASE ${name}`);
  await owner.end();
  const url = new URL(await ownerUrlOf(dataDir));
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Makes PostgreSQL write every statement to its log, until `stop`. `statements` counts them so far (without BEGIN and
 * COMMIT); `milliseconds` adds up how long the database says that it worked on them, parsing and planning included.
 */
export async function logStatements(dataDir) {
  const set = async (...settings) => {
    const owner = await connectOwner(dataDir);
    for (const text of settings) await owner.query(`ALTER SYSTEM ${text}`);
    await owner.query('SELECT pg_reload_conf()');
    await owner.end();
    await sleep(500);
  };
  await set(`SET log_statement = 'all'`, 'SET log_duration = on');
  const log = () => readFile(path.join(dataDir, 'postgres/postgres.log'), 'utf8');
  return {
    statements: async () =>
      ((await log()).match(/LOG: {2}(statement|execute [^:]+): (?!BEGIN|COMMIT)/g) ?? []).length,
    milliseconds: async () =>
      [...(await log()).matchAll(/LOG: {2}duration: ([\d.]+) ms/g)].reduce(
        (sum, [, ms]) => sum + Number(ms),
        0,
      ),
    stop: () => set('RESET ALL'),
  };
}

/** How much `read` rises while `work` runs, less what it rises in the same time while nothing is done. */
export async function riseOf(read, work) {
  const before = await read();
  const started = performance.now();
  await work();
  const elapsed = performance.now() - started;
  const after = await read();
  await sleep(elapsed);
  return after - before - ((await read()) - after);
}
