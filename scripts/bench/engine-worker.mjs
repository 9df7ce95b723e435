// A worker process: `node engine-worker.mjs <database url> <runs at once> <milliseconds of a step> [Temporal's address]`.
// A run whose input says `holds` stays in its first step. SIGUSR2 prints the resident megabytes.
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '../../packages/db/dist/client.js';
import { createEmbeddedEngine } from '../../packages/engine/dist/embedded/engine.js';
import { createTemporalEngine } from '../../packages/engine/dist/temporal/engine.js';
import { registryOf } from './four-steps.mjs';

const [url, concurrency, stepMs, address] = process.argv.slice(2);
const db = createDatabase({ url, poolMax: 8 });
const effect = async ({ run, signal }) => {
  if (run.input.holds || stepMs !== '0')
    await sleep(run.input.holds ? 600_000 : Number(stepMs), null, { signal });
  return null;
};
const common = { db, registry: registryOf(effect), concurrency: Number(concurrency) };
const engine = address
  ? createTemporalEngine({
      ...common,
      config: { address, namespace: 'default' },
      workflowsPath: fileURLToPath(new URL('./four-steps-workflows.mjs', import.meta.url)),
      payloadKeys: [{ kid: 'bench', key: new Uint8Array(32).fill(7) }],
    })
  : createEmbeddedEngine(common);
await engine.start();
process.on('SIGUSR2', () => {
  console.log(`rss ${process.memoryUsage.rss() / 2 ** 20}`);
});
process.on('SIGINT', () => process.exit(0));
console.log('ready');
