import type { APIRequestContext } from '@playwright/test';
import { call, SANDBOX_CLIENT_ID } from './people.js';

export interface Run {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed';
  readonly progress: number;
  readonly reasonCode: string | null;
  readonly attempt: number;
  readonly result: Record<string, unknown> | null;
  /** Of a verification. */
  readonly checks?: readonly { key: string; status: string; policies?: unknown }[];
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
  base: string,
  directory: { entraTenantId?: string; domain: string; name: string; secret?: string },
): Promise<Onboarding> {
  const workspace = await call<{ id: string }>(request, base, 'workspaces.get', 'query', {
    workspaceId: 'acme',
  });
  const workspaceId = workspace.id;
  const found = directory.entraTenantId
    ? { entraTenantId: directory.entraTenantId }
    : await call<{ entraTenantId: string }>(request, base, 'managedTenants.discover', 'query', {
        workspaceId,
        domainOrId: directory.domain,
      });
  const identified = await call<{ managedTenantId: string; onboardingSessionId: string; version: number }>(
    request,
    base,
    'onboarding.identifyTenant',
    'mutation',
    { workspaceId, entraTenantId: found.entraTenantId, name: directory.name, domain: directory.domain },
  );
  const { managedTenantId, onboardingSessionId, version } = identified;
  const credential = { kind: 'client_secret', clientSecret: directory.secret ?? 'sandbox-secret' };
  const create = { displayName: directory.name, cloud: 'sandbox', clientId: SANDBOX_CLIENT_ID, credential };
  await call(request, base, 'onboarding.selectConnection', 'mutation', {
    workspaceId,
    onboardingSessionId,
    version,
    create,
  });
  return { workspaceId, managedTenantId, onboardingSessionId };
}

/** Gives a tenant a further connection, without the screens. */
export async function addConnectionByCall(
  request: APIRequestContext,
  base: string,
  { workspaceId, managedTenantId }: Onboarding,
  displayName: string,
): Promise<void> {
  const credential = { kind: 'client_secret', clientSecret: 'sandbox-secret' };
  const fields = { displayName, cloud: 'sandbox', clientId: SANDBOX_CLIENT_ID, credential };
  await call(request, base, 'connections.create', 'mutation', { workspaceId, managedTenantId, ...fields });
}

export async function startVerificationByCall(
  request: APIRequestContext,
  base: string,
  { workspaceId, onboardingSessionId }: Onboarding,
): Promise<string> {
  const started = await call<{ operationRunId: string }>(
    request,
    base,
    'onboarding.startVerification',
    'mutation',
    { workspaceId, onboardingSessionId },
  );
  return started.operationRunId;
}

/** Waits for a run to end, by looking every quarter of a second. */
export async function untilFinished(
  request: APIRequestContext,
  base: string,
  workspaceId: string,
  operationRunId: string,
  timeoutMs = 60_000,
): Promise<Run> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline;) {
    const run = await call<Run>(request, base, 'operations.get', 'query', { workspaceId, operationRunId });
    if (run.status === 'succeeded' || run.status === 'failed') return run;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`Run ${operationRunId} did not end in time`);
}
