// Better Auth with organizations on a PostgreSQL; its hashes cost nothing.
import { installed } from './installed.mjs';

const load = await installed('better-auth@1.7.5', 'pg@8.23.1');
const { betterAuth } = await load('better-auth');
const { getMigrations } = await load('better-auth/db/migration');
const { toNodeHandler } = await load('better-auth/node');
const { organization } = await load('better-auth/plugins');
const { default: pg } = await load('pg');

/** What serves its routes, its API, and the pool that both work on. */
export async function createBetterAuth(baseURL, connectionString) {
  const pool = new pg.Pool({ connectionString, max: 20 });
  const options = {
    baseURL,
    secret: 'a secret of the bench that is long enough',
    database: pool,
    emailAndPassword: {
      enabled: true,
      password: { hash: (password) => Promise.resolve(password), verify: () => Promise.resolve(true) },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    plugins: [organization()],
  };
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth(options);
  return { handler: toNodeHandler(auth), api: auth.api, pool };
}
