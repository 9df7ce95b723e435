import { expect, test } from '@playwright/test';
import { removeDataDir, startServer } from '../server.js';
import { call, signInByCall } from './people.js';
import { connectByCall, startVerificationByCall, untilFinished, type Run } from './onboarding-by-call.js';

// The server is killed without a word in the middle of a run. The next one on the same data goes on by itself.

test('a verification and a bootstrap survive kill -9 of the server, each finishing once', async ({
  playwright,
}) => {
  test.setTimeout(180_000);
  const first = await startServer();
  const { dataDir } = first;
  const port = Number(new URL(first.url).port);
  const request = await playwright.request.newContext();
  try {
    await signInByCall(request, first.url, 'owner@acme.example');
    // Each answer of this directory takes two seconds, so the kill falls into the run.
    const slow = await connectByCall(request, first.url, { domain: 'slow.sandbox.example', name: 'Slow' });
    const verificationId = await startVerificationByCall(request, first.url, slow);
    await untilProgress(verificationId, 20);
    await first.kill();

    const second = await startServer({ dataDir, port });
    const verified = await untilFinished(request, second.url, slow.workspaceId, verificationId);
    expect(verified).toMatchObject({ status: 'succeeded', progress: 100 });
    // What had finished before the kill was not done again.
    expect(verified.steps[0]).toMatchObject({ status: 'succeeded', attempt: 1 });

    const { onboardingSessionId, workspaceId } = slow;
    const types = ['inventory.users', 'inventory.organization'];
    const started = await call<{ operationRunIds: string[] }>(
      request,
      second.url,
      'onboarding.startBootstrap',
      'mutation',
      { workspaceId, onboardingSessionId, operationTypes: types },
    );
    await untilStarted(started.operationRunIds[0] ?? '');
    await second.kill();

    const third = await startServer({ dataDir, port });
    const users = await untilFinished(request, third.url, workspaceId, started.operationRunIds[0] ?? '');
    const organization = await untilFinished(
      request,
      third.url,
      workspaceId,
      started.operationRunIds[1] ?? '',
    );
    expect([users.status, organization.status]).toEqual(['succeeded', 'succeeded']);
    expect(users.result).toMatchObject({ total: 1234 });
    const tenant = await call<{ snapshots: { type: string }[] }>(
      request,
      third.url,
      'managedTenants.get',
      'query',
      { workspaceId, managedTenantId: slow.managedTenantId },
    );
    expect(tenant.snapshots.map((snapshot) => snapshot.type).sort()).toEqual([...types].sort());
    expect(await third.stop()).toBe(0);

    async function untilProgress(operationRunId: string, progress: number): Promise<void> {
      await expect
        .poll(async () => (await read(operationRunId, first.url)).progress, { timeout: 30_000 })
        .toBeGreaterThanOrEqual(progress);
    }
    async function untilStarted(operationRunId: string): Promise<void> {
      await expect
        .poll(async () => (await read(operationRunId, second.url)).status, { timeout: 30_000 })
        .toBe('running');
    }
    function read(operationRunId: string, base: string): Promise<Run> {
      return call<Run>(request, base, 'operations.get', 'query', {
        workspaceId: slow.workspaceId,
        operationRunId,
      });
    }
  } finally {
    await request.dispose();
    await removeDataDir(dataDir);
  }
});
