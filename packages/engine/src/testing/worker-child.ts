/** A worker process of its own, for tests that kill it: `node worker-child.js <database url> <lease ms>`. */
import { createDatabase } from '@gangway/db/client';
import { createEmbeddedEngine } from '../embedded/engine.js';
import { serveAsChild } from './serve-as-child.js';
import { createTestRegistry } from './test-operation.js';

const [url = '', leaseMs = '2000'] = process.argv.slice(2);
const db = createDatabase({ url, poolMax: 5 });
await serveAsChild(db, (options) =>
  createEmbeddedEngine({
    db,
    registry: createTestRegistry(db),
    leaseMs: Number(leaseMs),
    pollMs: 200,
    drainMs: 3_000,
    ...options,
  }),
);
