// `npm start`: installs, generates and builds what has changed, then runs the server and restarts it if it dies.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import path from 'node:path';
import { ROOT } from './lib/root.mjs';
import { main, say } from './lib/run.mjs';
import { supervise } from './lib/supervise.mjs';

await main(async () => {
  await ensureInstalled();
  await build();
  process.exit(await supervise(path.join(ROOT, 'apps/server/dist/main.js'), { say }));
});
