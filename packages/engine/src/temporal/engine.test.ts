import { afterAll, beforeAll, describe } from 'vitest';
import { describeEngine } from '../testing/engine-suite.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestTemporalEngine } from '../testing/test-temporal-engine.js';

describe.skipIf(!findTemporal())(
  'with a real Temporal server (skipped without `temporal` on the PATH or TEMPORAL_ADDRESS)',
  () => {
    let server: TemporalServer;
    beforeAll(async () => {
      server = await startTemporal();
    });
    afterAll(() => server.stop());

    describeEngine('temporal', (bed, options) =>
      Promise.resolve(
        createTestTemporalEngine(server.address, {
          db: bed.db,
          registry: bed.registry,
          leaseMs: 3_000,
          ...options,
        }),
      ),
    );
  },
);
