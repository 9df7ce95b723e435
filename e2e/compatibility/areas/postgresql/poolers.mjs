import { match } from 'node:assert';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTenant, signIn } from '../../lib/first-calls.mjs';
import { startPostgres } from '../../lib/postgres.mjs';

/** The rows of PgBouncer, as Debian packages it, in front of one PostgreSQL: session mode works, transaction mode is refused. */
export async function* checkPgBouncer(context, nativeDir) {
  const version = await readVersion(context);
  const name = (mode) => `PgBouncer, pool_mode = ${mode}`;
  if (version === null) {
    const row = { version: '-', checked: '-', result: 'not run: `pgbouncer` is not installed' };
    yield* ['session', 'transaction'].map((mode) => ({ name: name(mode), ...row }));
    return;
  }
  const postgres = await startPostgres(context, nativeDir, { max_connections: '100' });
  const session = 'start behind it; sign in, create a tenant over HTTP and wait for its run';
  yield context.attempt({ name: name('session'), version, checked: session }, async () => {
    const server = await context.startServer({
      env: { DATABASE_URL: await startPool(context, postgres, 'session') },
    });
    await signIn(server);
    await createTenant(server);
    await server.stop();
  });
  const transaction = 'start behind it: refused by a line that names the mode';
  yield context.attempt({ name: name('transaction'), version, checked: transaction }, async () => {
    const env = { DATABASE_URL: await startPool(context, postgres, 'transaction') };
    const refused = await context.startServer({ env }).then(
      () => 'it started',
      (error) => error.message,
    );
    match(refused, /DATABASE_URL leads to a connection pooler in transaction mode/);
    return 'a refusal at the start';
  });
  await postgres.stop();
}

async function readVersion(context) {
  const { stdout } = await context.run('pgbouncer', ['--version']).catch(() => ({ stdout: '' }));
  return /PgBouncer (\S+)/.exec(stdout)?.[1] ?? null;
}

/** Starts a PgBouncer, which ends with the context, and gives the owner's URL through it. It does not run as root. */
async function startPool(context, postgres, mode) {
  const folder = await context.newFolder(`pgbouncer-${mode}`);
  const port = await context.findFreePort();
  const url = new URL(postgres.ownerUrl);
  const users = path.join(folder, 'users.txt');
  await writeFile(users, `"${url.username}" "${decodeURIComponent(url.password)}"\n`);
  const lines = [
    '[databases]',
    `* = host=127.0.0.1 port=${url.port}`,
    '[pgbouncer]',
    ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = scram-sha-256', `auth_file = ${users}`],
    ...[`pool_mode = ${mode}`, 'default_pool_size = 60'],
    ...(process.getuid() === 0 ? ['user = postgres'] : []),
  ];
  const config = path.join(folder, 'pgbouncer.ini');
  await writeFile(config, lines.join('\n'));
  void context.run('pgbouncer', ['--quiet', config]).catch(() => undefined);
  await sleep(1_000);
  url.port = String(port);
  return url.href;
}
