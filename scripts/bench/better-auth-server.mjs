// The yardstick of tenant creation: Better Auth with organizations on the PostgreSQL whose address is the argument; its
// hashes cost nothing.
import http from 'node:http';
import { installed } from './installed.mjs';

const load = await installed('better-auth@1.7.5', 'pg@8.23.1');
const { betterAuth } = await load('better-auth');
const { getMigrations } = await load('better-auth/db/migration');
const { toNodeHandler } = await load('better-auth/node');
const { organization } = await load('better-auth/plugins');
const { default: pg } = await load('pg');

const server = http.createServer().listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address();
const options = {
  baseURL: `http://127.0.0.1:${port}`,
  secret: 'a secret of the bench that is long enough',
  database: new pg.Pool({ connectionString: process.argv[2], max: 20 }),
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
server.on('request', toNodeHandler(betterAuth(options)));
console.log(`port ${port}`);
