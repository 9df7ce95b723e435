// The yardstick of the authorized read: Express and tRPC with one procedure that says hello.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: express } = await load('express');
const { initTRPC } = await load('@trpc/server');
const { createExpressMiddleware } = await load('@trpc/server/adapters/express');

const t = initTRPC.create();
const router = t.router({ hello: t.procedure.query(() => ({ hello: 'world' })) });
const server = express()
  .use('/trpc', createExpressMiddleware({ router, createContext: () => ({}) }))
  .listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
