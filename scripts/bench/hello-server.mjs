// The yardstick of reading and of watching: Express and tRPC with a procedure that says hello, and one that tells
// everybody who watches two things whenever `tell` is called.
import { EventEmitter, on } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: express } = await load('express');
const { initTRPC, tracked } = await load('@trpc/server');
const { createExpressMiddleware } = await load('@trpc/server/adapters/express');

const t = initTRPC.create();
const events = new EventEmitter().setMaxListeners(0);
let told = 0;
const router = t.router({
  hello: t.procedure.query(() => ({ hello: 'world' })),
  tell: t.procedure.mutation(() => [1, 2].map(() => events.emit('told', (told += 1)))),
  watch: t.procedure.subscription(async function* ({ signal }) {
    for await (const [seq] of on(events, 'told', { signal })) yield tracked(String(seq), { seq });
  }),
});
const server = express()
  .use('/trpc', createExpressMiddleware({ router, createContext: () => ({}) }))
  .listen(0, '127.0.0.1', () => console.log(`port ${server.address().port}`));
