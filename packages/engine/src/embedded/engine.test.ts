import { describeEngine, type MakeEngine } from '../testing/engine-suite.js';
import { describeIsolation } from '../testing/isolation-suite.js';
import { describeRowSteps } from '../testing/row-steps-suite.js';
import { describeSignals } from '../testing/signals-suite.js';
import { createEmbeddedEngine } from './engine.js';

const make: MakeEngine = ({ db, registry }, options) =>
  Promise.resolve(createEmbeddedEngine({ db, registry, leaseMs: 3_000, pollMs: 200, ...options }));

describeEngine('embedded', make);
describeRowSteps('embedded', make);
describeSignals('embedded', make);
describeIsolation('embedded', make, true);
