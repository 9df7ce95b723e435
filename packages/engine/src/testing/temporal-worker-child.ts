/** A Temporal worker process of its own, for tests that kill it: `node temporal-worker-child.js <database url> <address> <lease ms>`. */
import { createDatabase } from '@gangway/db/client';
import { readFault } from '../fault.js';
import { createTestTemporalEngine } from './test-temporal-engine.js';
import { createTestRegistry } from './test-operation.js';

const [url = '', address = '', leaseMs = '2000'] = process.argv.slice(2);
const db = createDatabase({ url, poolMax: 5 });
const registry = createTestRegistry(db);
const engine = createTestTemporalEngine(address, {
  db,
  registry,
  fault: readFault(process.env),
  leaseMs: Number(leaseMs),
});
await engine.start();
process.stdout.write('ready\n');
process.on('SIGTERM', () => {
  void engine
    .stop()
    .then(() => db.close())
    .then(() => process.exit(0));
});
