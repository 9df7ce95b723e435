import { describeEngine } from '../testing/engine-suite.js';
import { createEmbeddedEngine } from './engine.js';

describeEngine('embedded', ({ db, registry }, options) =>
  Promise.resolve(createEmbeddedEngine({ db, registry, leaseMs: 3_000, pollMs: 200, ...options })),
);
