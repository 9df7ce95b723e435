// The yardstick of tenant creation and of reading: Better Auth on the PostgreSQL whose address is the argument, and behind
// Express and tRPC a read that is authorized by its session and its organization.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { createBetterAuth } from './better-auth.mjs';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: express } = await load('express');
const { initTRPC, TRPCError } = await load('@trpc/server');
const { createExpressMiddleware } = await load('@trpc/server/adapters/express');

const app = express();
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const { port } = server.address();
const { handler, api, pool } = await createBetterAuth(`http://127.0.0.1:${port}`, process.argv[2]);

// As its guide for tRPC has it: the session in front of every procedure, then the permission in the organization.
const t = initTRPC.context().create();
const signedIn = t.procedure.use(async ({ ctx: { headers }, next }) => {
  const session = await api.getSession({ headers });
  if (!session) throw new TRPCError({ code: 'UNAUTHORIZED' });
  return next({ ctx: { session } });
});
const router = t.router({
  organization: signedIn
    .input((input) => input)
    .query(async ({ ctx: { headers }, input: { organizationId } }) => {
      const body = { organizationId, permissions: { organization: ['update'] } };
      const { success } = await api.hasPermission({ headers, body });
      if (!success) throw new TRPCError({ code: 'FORBIDDEN' });
      const text = 'SELECT id, name, slug FROM organization WHERE id = $1';
      const { rows } = await pool.query({ name: 'organization', text, values: [organizationId] });
      return rows[0];
    }),
});
const createContext = ({ req }) => ({ headers: new Headers({ cookie: req.headers.cookie ?? '' }) });
app.use('/trpc', createExpressMiddleware({ router, createContext }));
app.use(handler);
console.log(`port ${port}`);
