// Installs what the lockfile names; builds and starts nothing.
import { ensureInstalled } from './lib/install.mjs';
import { main } from './lib/run.mjs';

await main(ensureInstalled);
