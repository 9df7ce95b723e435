import { expect, test } from 'vitest';
import { z } from 'zod';
import { openAcme } from './test-acme.js';
import { callerOf, callerWith, type Caller } from './test-caller.js';
import { returnTo, stateOf, tokenOf } from './test-consent.js';
import { connect, newConnection } from './test-onboarding.js';

// Asking for consent where no onboarding is open any more, and what is told of it elsewhere.

const { api, owner, admin, workspaceId } = await openAcme();
const anybody = callerWith(api, '');

const connected = () => connect(owner, workspaceId, newConnection({ cloud: 'global' }));
const comeBack = (caller: Caller | null, query: Record<string, string>) => returnTo(api, caller, query);
const consentOf = async (place: object) => (await owner.query('consent.get', place)).data;

/** A tenant whose onboarding is over, with its connection. */
async function onboarded() {
  const { session, entraTenantId, managedTenantId, providerConnectionId } = await connected();
  await owner.mutate('onboarding.abandon', session);
  return { entraTenantId, managedTenantId, asked: { workspaceId, providerConnectionId } };
}
const checksOf = (providerConnectionId: string) =>
  api.app.db.prisma.operationRun.findMany({ where: { providerConnectionId } });

test('without an onboarding, a connection itself asks: the return verifies it, once, and leads to its tenant', async () => {
  const { asked, managedTenantId, entraTenantId } = await onboarded();
  const { data } = await owner.mutate('consent.start', asked);
  expect(new URL(String(data['url'])).pathname).toContain(entraTenantId);
  const state = stateOf(data['url']);
  const tenant = { to: 'tenant', slug: 'acme', managedTenantId };
  expect(await comeBack(null, { state })).toEqual({ to: 'sign_in', back: tenant });
  expect(await comeBack(admin, { state })).toBe('gone');
  expect(await comeBack(await callerOf(api, 'owner@acme.example'), { state })).toBe('gone');
  expect(await comeBack(await callerOf(api, 'owner@globex.example'), { state })).toBe('not_found');
  expect(await checksOf(asked.providerConnectionId)).toEqual([]);
  expect(await comeBack(owner, { state })).toEqual(tenant);
  expect(await comeBack(owner, { state })).toBe('gone');
  const [run, ...others] = await checksOf(asked.providerConnectionId);
  expect([others, run?.onboardingSessionId, run?.startedByLabel]).toEqual([[], null, 'owner@acme.example']);
  expect(await consentOf(asked)).toMatchObject({ latest: { status: 'returned', operationRunId: run?.id } });
  const trail = await api.app.db.prisma.auditEvent.findMany({
    where: { targetKind: 'provider_connection', targetId: asked.providerConnectionId },
  });
  expect(trail.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['consent.start', 'consent.return']),
  );
});

test('a refusal is told beside the connection that asked, and nowhere else', async () => {
  const { asked, managedTenantId } = await onboarded();
  const other = await onboarded();
  const { data } = await owner.mutate('consent.start', asked);
  const end = await comeBack(owner, { state: stateOf(data['url']), tenant: other.entraTenantId });
  expect(end).toMatchObject({ to: 'tenant', managedTenantId });
  expect(await consentOf(asked)).toMatchObject({
    latest: { status: 'refused', reasonCode: 'tenant.mismatch' },
  });
  expect(await consentOf(other.asked)).toMatchObject({ latest: null });
  expect(await checksOf(asked.providerConnectionId)).toEqual([]);
});

test('links of two connections and of an onboarding are apart; removing a connection ends its own', async () => {
  const first = await onboarded();
  const second = await onboarded();
  const linkOf = async (place: object) => {
    const { data } = await owner.mutate('consent.createHandOffLink', place);
    return { token: tokenOf(data['link']) };
  };
  const replaced = await linkOf(first.asked);
  const session = await linkOf((await connected()).session);
  const [one, two] = [await linkOf(first.asked), await linkOf(second.asked)];
  const statuses = async (...links: { token: string }[]) =>
    Promise.all(
      links.map(async ({ token }) => (await anybody.mutate('consent.openHandOff', { token })).status),
    );
  expect(await statuses(replaced, one, two, session)).toEqual([410, 200, 200, 200]);
  expect((await owner.mutate('consent.revokeHandOffLink', first.asked)).data['revoked']).toBe(true);
  expect(await statuses(one, two, session)).toEqual([410, 200, 200]);
  const followed = await anybody.mutate('consent.followHandOff', two);
  await owner.mutate('connections.remove', second.asked);
  expect(await comeBack(null, { state: stateOf(followed.data['url']) })).toBe('gone');
});

test('either an onboarding or a connection asks, and one of the own workspace', async () => {
  const { session } = await connected();
  const { asked } = await onboarded();
  const foreign = await callerOf(api, 'owner@globex.example');
  const globex = String((await foreign.query('workspaces.get', { workspaceId: 'globex' })).data['id']);
  for (const path of ['consent.start', 'consent.createHandOffLink', 'consent.revokeHandOffLink']) {
    expect((await owner.mutate(path, { ...session, ...asked })).status).toBe(400);
    expect((await owner.mutate(path, { workspaceId })).status).toBe(400);
    expect((await foreign.mutate(path, { ...asked, workspaceId: globex })).status).toBe(404);
  }
});

test('the list of onboardings says since when one waits, until somebody is back', async () => {
  const { session } = await connected();
  const since = async () => {
    const { data } = await owner.query('onboarding.list', { workspaceId, status: 'open', limit: 1 });
    return waitingIn.parse(data).items[0].waitingForConsentSince;
  };
  expect(await since()).toBeNull();
  const { data } = await owner.mutate('consent.start', session);
  const { latest } = latestIn.parse(await consentOf(session));
  expect(await since()).toBe(latest.createdAt);
  await comeBack(owner, { state: stateOf(data['url']) });
  expect(await since()).toBeNull();
});
const waitingIn = z.object({
  items: z.tuple([z.object({ waitingForConsentSince: z.string().nullable() })]),
});
const latestIn = z.object({ latest: z.object({ createdAt: z.string() }) });
