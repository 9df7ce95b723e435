import type { APIRequestContext } from '@playwright/test';
import { call, SANDBOX_CLIENT_ID, SERVER } from './people.js';

export interface Run {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed';
  readonly progress: number;
  readonly reasonCode: string | null;
  readonly attempt: number;
  readonly result: Record<string, unknown> | null;
  readonly steps: readonly { name: string; status: string; attempt: number }[];
}

export interface Onboarding {
  readonly workspaceId: string;
  readonly managedTenantId: string;
  readonly onboardingSessionId: string;
}

/** Onboards up to a selected connection without the screens: for tests that are about something later. */
export async function connectByCall(
  request: APIRequestContext,
  directory: { entraTenantId?: string; domain: string; name: string; secret?: string },
  base = SERVER,
): Promise<Onboarding> {
  const workspace = await call<{ id: string }>(request, 'workspaces.get', 'query', { workspaceId: 'acme' }, base);
  const workspaceId = workspace.id;
  const found = directory.entraTenantId
    ? { entraTenantId: directory.entraTenantId }
    : await call<{ entraTenantId: string }>(request, 'managedTenants.discover', 'query', { workspaceId, domainOrId: directory.domain }, base);
  const identified = await call<{ managedTenantId: string; onboardingSessionId: string; version: number }>(
    request,
    'onboarding.identifyTenant',
    'mutation',
    { workspaceId, entraTenantId: found.entraTenantId, name: directory.name, domain: directory.domain },
    base,
  );
  const { managedTenantId, onboardingSessionId, version } = identified;
  const credential = { kind: 'client_secret', clientSecret: directory.secret ?? 'sandbox-secret' };
  const create = { displayName: directory.name, cloud: 'sandbox', clientId: SANDBOX_CLIENT_ID, credential };
  await call(request, 'onboarding.selectConnection', 'mutation', { workspaceId, onboardingSessionId, version, create }, base);
  return { workspaceId, managedTenantId, onboardingSessionId };
}

export async function startVerificationByCall(request: APIRequestContext, { workspaceId, onboardingSessionId }: Onboarding, base = SERVER): Promise<string> {
  const started = await call<{ operationRunId: string }>(request, 'onboarding.startVerification', 'mutation', { workspaceId, onboardingSessionId }, base);
  return started.operationRunId;
}

/** Waits for a run to end, by looking every quarter of a second. */
export async function untilFinished(request: APIRequestContext, workspaceId: string, operationRunId: string, base = SERVER, timeoutMs = 60_000): Promise<Run> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
    const run = await call<Run>(request, 'operations.get', 'query', { workspaceId, operationRunId }, base);
    if (run.status === 'succeeded' || run.status === 'failed') return run;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Run ${operationRunId} did not end in time`);
}
