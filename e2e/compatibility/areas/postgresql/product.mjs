import { match } from 'node:assert';
import { createTenant, signIn } from '../../lib/first-calls.mjs';
import { startPostgres } from '../../lib/postgres.mjs';

/** The row of the built server on one version: it migrates as the owner, works as the application's role, and answers. */
export async function servesOverHttp(context, nativeDir, version) {
  const checked = 'migrate and start with two roles; sign in, create a tenant over HTTP and wait for its run';
  return context.attempt({ name: 'PostgreSQL: start', version, checked }, async () => {
    const postgres = await startPostgres(context, nativeDir);
    const env = { DATABASE_URL: postgres.url, MIGRATION_DATABASE_URL: postgres.ownerUrl };
    const server = await context.startServer({ env });
    await signIn(server);
    await createTenant(server);
    await server.stop();
    await postgres.stop();
  });
}

/** The row of a version that is too old: the start is refused by a line that names it. */
export async function refusesToStart(context, nativeDir, version) {
  const checked = 'start: refused by a line that names the version';
  return context.attempt({ name: 'PostgreSQL: start', version, checked }, async () => {
    const postgres = await startPostgres(context, nativeDir);
    const refused = await context.startServer({ env: { DATABASE_URL: postgres.ownerUrl } }).then(
      () => 'it started',
      (error) => error.message,
    );
    await postgres.stop();
    match(
      refused,
      /DATABASE_URL leads to PostgreSQL 13\.\d+, which is too old: Gangway needs PostgreSQL 14 or newer/,
    );
    return 'a refusal: the oldest supported version is 14';
  });
}
