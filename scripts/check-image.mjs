// Does what the Dockerfile says in a clean folder, starts its command as its user, and asks what an orchestrator asks. A few minutes; it
// needs root, to become the user of the image, and no container engine. What it cannot see: the base image, and the engine itself.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { main, say } from './lib/run.mjs';

await main(async () => {
  await ensureInstalled();
  await build({ only: 'packages/db' });
  const { startEmbeddedPostgres } = await import('../packages/db/dist/embedded-postgres.js');
  const { parseDockerfile } = await import('./image/parse-dockerfile.mjs');
  const { buildStages } = await import('./image/build-stages.mjs');
  const { tryServer } = await import('./image/try-server.mjs');
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-image-'));
  await chmod(folder, 0o755);
  try {
    say('The steps of the Dockerfile');
    const stages = parseDockerfile(await readFile(path.join(ROOT, 'Dockerfile'), 'utf8'));
    const image = await buildStages(stages, path.join(folder, 'stages'));
    say('Its command');
    const postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, 'database') });
    try {
      for (const line of await tryServer(image, postgres.ownerUrl)) console.log(`  ${line}`);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
