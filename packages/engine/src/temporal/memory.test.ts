import { afterAll, beforeAll, describe } from 'vitest';
import { describeMemory } from '../testing/memory-suite.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestTemporalEngine } from '../testing/test-temporal-engine.js';

describe.skipIf(!findTemporal())('with a real Temporal server', () => {
  let server: TemporalServer;
  beforeAll(async () => {
    server = await startTemporal();
  });
  afterAll(() => server.stop());

  describeMemory('temporal', ({ db, registry }, options) =>
    Promise.resolve(createTestTemporalEngine(server.address, { db, registry, ...options })),
  );
});
