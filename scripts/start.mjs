// `npm start`: installs, generates and builds what has changed, then becomes the server. The server runs in this very
// process: there is nothing to forward signals to, and nothing that could be left behind.
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await ensureInstalled();
  await build();
});
await import('../apps/server/dist/main.js');
