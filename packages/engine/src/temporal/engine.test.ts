import { afterAll, beforeAll, describe } from 'vitest';
import { describeEngine, type MakeEngine } from '../testing/engine-suite.js';
import { describeIsolation } from '../testing/isolation-suite.js';
import { describeParallel } from '../testing/parallel-suite.js';
import { describeRowSteps } from '../testing/row-steps-suite.js';
import { describeSignals } from '../testing/signals-suite.js';
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

    const make: MakeEngine = ({ db, registry }, options) =>
      Promise.resolve(createTestTemporalEngine(server.address, { db, registry, leaseMs: 3_000, ...options }));
    describeEngine('temporal', make);
    describeRowSteps('temporal', make);
    describeSignals('temporal', make);
    describeIsolation('temporal', make);
    describeParallel('temporal', make);
  },
);
