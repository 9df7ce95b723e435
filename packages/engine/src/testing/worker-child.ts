/** A worker process of its own, for tests that kill it: `node worker-child.js <database url> <lease ms>`. */
import { createDatabase } from '@gangway/db/client';
import { createEmbeddedEngine } from '../embedded/engine.js';
import { readFault } from '../fault.js';
import { createTestRegistry } from './test-operation.js';

// A wrong clock, for the test of it: everything in this process that asks for the time is told another one.
const shiftMs = Number(process.env['CLOCK_SHIFT_SECONDS'] ?? 0) * 1_000;
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + shiftMs;

const [url = '', leaseMs = '2000'] = process.argv.slice(2);
const db = createDatabase({ url, poolMax: 5 });
const registry = createTestRegistry(db);
const engine = createEmbeddedEngine({
  db,
  registry,
  fault: readFault(process.env),
  leaseMs: Number(leaseMs),
  pollMs: 200,
  drainMs: 3_000,
});
await engine.start();
process.stdout.write('ready\n');
process.on('SIGTERM', () => {
  void engine
    .stop()
    .then(() => db.close())
    .then(() => process.exit(0));
});
