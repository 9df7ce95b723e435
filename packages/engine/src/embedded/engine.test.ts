import { describeEngine, type MakeEngine } from '../testing/engine-suite.js';
import { describeIsolation } from '../testing/isolation-suite.js';
import { describeParallel } from '../testing/parallel-suite.js';
import { describeRowSteps } from '../testing/row-steps-suite.js';
import { describeSignals } from '../testing/signals-suite.js';
import { createTestBed } from '../testing/test-bed.js';
import { createEmbeddedEngine } from './engine.js';
import { expect, it } from 'vitest';

const make: MakeEngine = ({ db, registry }, options) =>
  Promise.resolve(createEmbeddedEngine({ db, registry, leaseMs: 3_000, pollMs: 200, ...options }));

describeEngine('embedded', make);
describeRowSteps('embedded', make);
describeSignals('embedded', make);
describeIsolation('embedded', make, true);
describeParallel('embedded', make);

it('loads what the steps of a run share once for each stay of the run in this process', async () => {
  const bed = await createTestBed();
  const engine = await make(bed, {});
  await engine.start();
  try {
    const loads = async (id: string) =>
      (await bed.calls(id)).filter((call) => call.direction === 'load').length;
    const script = { one: 'loads', two: 'loads', three: 'loads' } as const;
    const id = await bed.start(script);
    await bed.until(id, bed.ended);
    expect(await loads(id)).toBe(1);
    // While it waits for its next attempt the run is not here.
    const waited = await bed.start({ one: 'loads', two: 'throttled', three: 'loads' });
    await bed.until(waited, bed.ended);
    expect(await loads(waited)).toBe(2);
  } finally {
    await engine.stop();
    await bed.drop();
  }
});
