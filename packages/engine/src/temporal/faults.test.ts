import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { describeFaults, EFFECTS, ROW_STEPS } from '../testing/faults-suite.js';
import { spawnWorker } from '../testing/spawn-worker.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { TEST_WORKFLOWS } from '../testing/test-temporal-engine.js';
import { bundlerOptions, WORKFLOW_INTERCEPTORS } from './bundler-options.js';

const leaseMs = 2_000;

describe.skipIf(!findTemporal())('with a real Temporal server', () => {
  let server: TemporalServer;
  let folder: string;
  const bundle = () => path.join(folder, 'workflows.js');
  beforeAll(async () => {
    server = await startTemporal();
    folder = await mkdtemp(path.join(tmpdir(), 'gangway-workflows-'));
    // Once for all processes: each would take a second for it.
    const logger = new DefaultLogger('ERROR');
    const { code } = await bundleWorkflowCode({
      workflowsPath: TEST_WORKFLOWS,
      workflowInterceptorModules: [WORKFLOW_INTERCEPTORS],
      logger,
      ...bundlerOptions,
    });
    await writeFile(bundle(), code);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  describeFaults({
    name: 'Temporal',
    leaseMs,
    kinds: [EFFECTS, ROW_STEPS],
    spawn: (databaseUrl, env) => {
      const args = [databaseUrl, server.address, bundle(), String(leaseMs)];
      return spawnWorker('temporal-worker-child.js', args, env);
    },
  });
});
