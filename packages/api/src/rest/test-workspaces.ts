import { DEMO_PASSWORD } from '@gangway/domain/demo/seed-demo';
import { createToken } from '@gangway/domain/secrets/token';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TestPartnerApi } from './test-partner-api.js';

export interface ProvisionedWorkspace {
  readonly tenant: string;
  readonly workspaceId: string;
  readonly ownerId: string;
}

/** Creates a tenant as a partner (null: Demo Partner) and waits for its workspace. */
export async function provisionWorkspace(
  api: TestPartnerApi,
  email: string,
  token: string | null = null,
): Promise<ProvisionedWorkspace> {
  const body = { client_name: email, email };
  const as = token === null ? {} : { token };
  const made = await api.call('POST', '/api/provisioning/tenants', { body, ...as });
  expect(made.status, made.text).toBe(201);
  const runId = String(made.body['operation_run_id']);
  await expect
    .poll(() => api.app.db.prisma.operationRun.findUnique({ where: { id: runId } }), { timeout: 10_000 })
    .toMatchObject({ status: 'succeeded' });
  const tenant = String(made.body['tenant']);
  const { id: workspaceId } = await api.app.db.prisma.workspace.findUniqueOrThrow({ where: { tenant } });
  const { userId } = await api.app.db.prisma.user.findUniqueOrThrow({ where: { email } });
  return { tenant, workspaceId, ownerId: userId };
}

/** Lets a person accept an invitation of the workspace's owner: by signing in, or with a new account. @returns the user id */
export async function makeMember(
  api: TestPartnerApi,
  { workspaceId, ownerId }: Pick<ProvisionedWorkspace, 'workspaceId' | 'ownerId'>,
  email: string,
  role = 'viewer',
): Promise<string> {
  const { prisma } = api.app.db;
  const { token, hash: tokenHash } = createToken();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await prisma.invitation.create({
    data: { id: randomUUID(), workspaceId, email, role, tokenHash, invitedBy: ownerId, expiresAt },
  });
  const cookie = await signIn(api, email);
  const [procedure, body] =
    cookie === null ? ['join', { token, newPassword: DEMO_PASSWORD }] : ['accept', { token }];
  const headers = cookie === null ? {} : { cookie };
  const answer = await api.call('POST', `/trpc/invitations.${procedure}`, { token: null, body, headers });
  expect(answer.status, answer.text).toBe(200);
  return (await prisma.user.findUniqueOrThrow({ where: { email } })).userId;
}

const answered = z.object({ result: z.object({ data: z.record(z.string(), z.unknown()) }).optional() });

/** Signs a person in; null where that is refused. */
export async function signIn(api: TestPartnerApi, email: string): Promise<string | null> {
  const body = { email, password: DEMO_PASSWORD };
  const answer = await api.call('POST', '/trpc/auth.signIn', { token: null, body });
  return answer.status === 200 ? (answer.headers.get('set-cookie')?.split(';')[0] ?? null) : null;
}

/** Status and ids of the workspaces that a session can see. */
export async function listWorkspaces(
  api: TestPartnerApi,
  cookie: string,
): Promise<{ status: number; ids: string[] }> {
  const input = encodeURIComponent(JSON.stringify({}));
  const answer = await api.call('GET', `/trpc/workspaces.list?input=${input}`, {
    token: null,
    headers: { cookie },
  });
  const items = answered.parse(answer.body).result?.data['items'];
  const ids = z.array(z.object({ id: z.string() })).catch([]);
  return { status: answer.status, ids: ids.parse(items).map(({ id }) => id) };
}
