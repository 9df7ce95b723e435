import { describeFaults, EFFECTS, ROW_STEPS } from '../testing/faults-suite.js';
import { spawnWorker } from '../testing/spawn-worker.js';

const leaseMs = 1_500;

describeFaults({
  name: 'embedded',
  leaseMs,
  kinds: [EFFECTS, ROW_STEPS],
  spawn: (databaseUrl, env) => spawnWorker('worker-child.js', [databaseUrl, String(leaseMs)], env),
});
