/** A Temporal worker process of its own, for tests that kill it: `node temporal-worker-child.js <database url> <address> <bundle> <lease ms>`. */
import { createDatabase } from '@gangway/db/client';
import { serveAsChild } from './serve-as-child.js';
import { createTestTemporalEngine } from './test-temporal-engine.js';
import { createTestRegistry } from './test-operation.js';

const [url = '', address = '', workflowBundle = '', leaseMs = '2000'] = process.argv.slice(2);
const db = createDatabase({ url, poolMax: 5 });
await serveAsChild(db, (options) =>
  createTestTemporalEngine(address, {
    db,
    registry: createTestRegistry(db),
    workflowBundle,
    leaseMs: Number(leaseMs),
    ...options,
  }),
);
