import { describeFaults, EFFECTS, ROW_STEPS, SIDE_BY_SIDE } from '../testing/faults-suite.js';
import { spawnWorker } from '../testing/spawn-worker.js';

const leaseMs = 1_500;

describeFaults({
  name: 'embedded',
  leaseMs,
  kinds: [EFFECTS, ROW_STEPS, SIDE_BY_SIDE],
  spawn: (databaseUrl, env) => spawnWorker('worker-child.js', [databaseUrl, String(leaseMs)], env),
});
