import { describeMemory } from '../testing/memory-suite.js';
import { createEmbeddedEngine } from './engine.js';

describeMemory('embedded', ({ db, registry }, options) =>
  Promise.resolve(createEmbeddedEngine({ db, registry, pollMs: 200, ...options })),
);
