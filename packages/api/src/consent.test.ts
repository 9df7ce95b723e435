import { randomUUID } from 'node:crypto';
import { hashToken } from '@gangway/domain/secrets/token';
import { expect, test } from 'vitest';
import { openAcme } from './test-acme.js';
import { returnTo, stateOf, tokenOf } from './test-consent.js';
import { connect, newConnection } from './test-onboarding.js';
import { atOnce, callerOf, callerWith, type Caller } from './test-caller.js';

// Asking for consent, by oneself and by a link, and what comes back: good once, for whom it was, and never believed.

const { api, owner, admin, workspaceId } = await openAcme();
const anybody = callerWith(api, '');

const connected = () => connect(owner, workspaceId, newConnection({ cloud: 'global' }));
const comeBack = (caller: Caller | null, query: Record<string, string>) => returnTo(api, caller, query);

async function withLink(maker: Caller = owner) {
  const place = await connected();
  const { data } = await maker.mutate('consent.createHandOffLink', place.session);
  return { ...place, token: tokenOf(data['link']) };
}

const runsOf = (onboardingSessionId: string) =>
  api.app.db.prisma.operationRun.findMany({ where: { onboardingSessionId } });
const consentOf = async (session: object) => (await owner.query('consent.get', session)).data;

test('a return starts the verification as whoever asked, once, whatever it claims', async () => {
  const { session, entraTenantId, clientId } = await connected();
  const started = await owner.mutate('consent.start', session);
  const url = new URL(String(started.data['url']));
  expect(url.origin + url.pathname).toBe(
    `https://login.microsoftonline.com/${entraTenantId}/v2.0/adminconsent`,
  );
  expect(url.searchParams.get('client_id')).toBe(clientId);
  const redirectUri = 'http://localhost:3000/consent/return';
  expect(url.searchParams.get('redirect_uri')).toBe(redirectUri);
  expect(await consentOf(session)).toMatchObject({
    latest: { kind: 'direct', status: 'waiting' },
    redirectUri,
  });

  const returned = { state: stateOf(url), tenant: entraTenantId.toUpperCase() };
  const ends = await atOnce(8, () => comeBack(owner, returned));
  expect(ends.filter((end) => end === 'gone')).toHaveLength(7);
  expect(ends).toContainEqual({
    to: 'wizard',
    slug: 'acme',
    step: 'verify',
    onboardingSessionId: session.onboardingSessionId,
  });
  const [run, ...others] = await runsOf(session.onboardingSessionId);
  expect([others, run?.status, run?.startedByLabel]).toEqual([[], 'queued', 'owner@acme.example']);
  expect((await owner.query('onboarding.get', session)).data['currentStep']).toBe('verify');
  expect(await consentOf(session)).toMatchObject({ latest: { status: 'returned', operationRunId: run?.id } });
});

test('a refusal is kept with what it can be looked up by at Microsoft, and without its words', async () => {
  const { session } = await connected();
  const started = await owner.mutate('consent.start', session);
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const refusal = {
    error: 'access_denied',
    error_description: `AADSTS90095: Ask somebody.\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId.toUpperCase()}\r\nTimestamp: 2031-02-03 04:05:06Z`,
  };
  await comeBack(owner, { state: stateOf(started.data['url']), ...refusal });
  const answer = await consentOf(session);
  expect(answer).toMatchObject({
    latest: {
      status: 'refused',
      reasonCode: 'consent.needs_approver',
      evidence: { aadsts: 'AADSTS90095', requestId: traceId, correlationId, httpStatus: null },
    },
  });
  expect(JSON.stringify(answer)).not.toContain('Ask somebody');
});

test('a return joins the verification that is live', async () => {
  const { session } = await connected();
  const live = await owner.mutate('onboarding.startVerification', session);
  const { data } = await owner.mutate('consent.start', session);
  await comeBack(owner, { state: stateOf(data['url']) });
  expect((await runsOf(session.onboardingSessionId)).map(({ id }) => id)).toEqual([
    live.data['operationRunId'],
  ]);
});

test.each([
  ['consent.declined', { error: 'access_denied', error_description: 'AADSTS65004: no' }],
  ['consent.needs_approver', { error: 'access_denied', error_description: 'AADSTS90095: later' }],
  ['tenant.mismatch', { tenant: randomUUID() }],
  ['provider.unexpected_response', { admin_consent: '' }],
])('a return without a consent is shown as %s, and starts nothing', async (reasonCode, query) => {
  const { session } = await connected();
  const { data } = await owner.mutate('consent.start', session);
  const end = await comeBack(owner, { state: stateOf(data['url']), ...query });
  expect(end).toMatchObject({ to: 'wizard', step: 'connection' });
  expect(await consentOf(session)).toMatchObject({ latest: { status: 'refused', reasonCode } });
  expect(await runsOf(session.onboardingSessionId)).toEqual([]);
  expect(await comeBack(owner, { state: stateOf(data['url']) })).toBe('gone');
});

test('a direct state is worth nothing in another browser, of another member, of a stranger, and is not used up by them', async () => {
  const { session } = await connected();
  const state = stateOf((await owner.mutate('consent.start', session)).data['url']);
  const elsewhere = await callerOf(api, 'owner@acme.example');
  const stranger = await callerOf(api, 'owner@globex.example');
  const back = {
    to: 'wizard',
    slug: 'acme',
    step: 'verify',
    onboardingSessionId: session.onboardingSessionId,
  };
  expect(await comeBack(null, { state })).toEqual({ to: 'sign_in', back });
  expect(await comeBack(admin, { state })).toBe('gone');
  expect(await comeBack(elsewhere, { state })).toBe('gone');
  expect(await comeBack(stranger, { state })).toBe('not_found');
  for (const forged of ['', state.slice(1), `${state}x`, randomUUID()]) {
    expect(await comeBack(owner, { state: forged })).toBe('gone');
  }
  expect(await comeBack(owner, { state })).toMatchObject({ to: 'wizard' });
});

test('a state ends with its hour, with the session, and when another connection is chosen', async () => {
  const { prisma } = api.app.db;
  const late = await connected();
  const lateState = stateOf((await owner.mutate('consent.start', late.session)).data['url']);
  await prisma.consentRequest.updateMany({
    where: { stateHash: hashToken(lateState) },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  expect(await comeBack(owner, { state: lateState })).toBe('gone');
  expect(await consentOf(late.session)).toMatchObject({ latest: { status: 'expired' } });

  const other = await connected();
  const otherState = stateOf((await owner.mutate('consent.start', other.session)).data['url']);
  const change = { ...other.session, version: other.version, create: newConnection({ cloud: 'global' }) };
  expect((await owner.mutate('onboarding.selectConnection', change)).status).toBe(200);
  expect(await consentOf(other.session)).toMatchObject({ latest: null, openLink: null });
  expect(await comeBack(owner, { state: otherState })).toBe('gone');

  const ended = await connected();
  const endedState = stateOf((await owner.mutate('consent.start', ended.session)).data['url']);
  await owner.mutate('onboarding.abandon', ended.session);
  expect(await comeBack(owner, { state: endedState })).toBe('conflict');
  expect((await owner.mutate('consent.start', ended.session)).reason).toBe('session.closed');
});

test('a link shows who asks for what, however often it is opened, and can be followed once', async () => {
  const { session, token, entraTenantId, clientId } = await withLink(admin);
  for (const opened of await atOnce(3, () => anybody.mutate('consent.openHandOff', { token }))) {
    expect(opened.data).toMatchObject({
      workspaceName: 'Acme',
      askedBy: 'admin@acme.example',
      tenantName: 'Contoso',
      domain: 'contoso.example',
      cloud: 'global',
      entraTenantId,
      clientId,
    });
  }
  const told = await atOnce(6, () => anybody.mutate('consent.followHandOff', { token }));
  const [followed, ...more] = told.filter(({ status }) => status === 200);
  expect([more, told.filter(({ reason }) => reason === 'link.used').length]).toEqual([[], 5]);
  expect((await anybody.mutate('consent.openHandOff', { token })).reason).toBe('link.used');
  expect(await consentOf(session)).toMatchObject({ openLink: null, latest: { status: 'waiting' } });

  // The administrator has no account here: the run is the maker's, with the rights the maker has.
  expect(await comeBack(null, { state: stateOf(followed?.data['url']) })).toEqual({
    to: 'hand_off',
    isRefused: false,
  });
  const [run] = await runsOf(session.onboardingSessionId);
  expect(run?.startedByLabel).toBe('admin@acme.example');
});

test('a link that is over says since when and of what; an unknown one says nothing', async () => {
  const { prisma } = api.app.db;
  const revoked = await withLink();
  expect((await owner.mutate('consent.revokeHandOffLink', revoked.session)).data['revoked']).toBe(true);
  expect((await owner.mutate('consent.revokeHandOffLink', revoked.session)).data['revoked']).toBe(false);
  const expired = await withLink();
  const expiredAt = new Date(Date.now() - 60_000);
  const linkHash = hashToken(expired.token);
  await prisma.consentRequest.update({ where: { linkHash }, data: { expiresAt: expiredAt } });
  const replaced = await withLink();
  await owner.mutate('consent.createHandOffLink', replaced.session);
  for (const [token, reason] of [
    [revoked.token, 'link.revoked'],
    [expired.token, 'auth.token_expired'],
    [replaced.token, 'link.revoked'],
  ]) {
    for (const told of [
      await anybody.mutate('consent.openHandOff', { token }),
      await anybody.mutate('consent.followHandOff', { token }),
    ]) {
      expect([told.status, told.reason, typeof told.data['expiredAt']]).toEqual([410, reason, 'string']);
    }
  }
  const unknown = await anybody.mutate('consent.openHandOff', { token: 'x'.repeat(43) });
  expect([unknown.status, unknown.reason, unknown.data['expiredAt']]).toEqual([
    400,
    'auth.token_invalid',
    undefined,
  ]);
});

test('withdrawing a link ends the consent it led to', async () => {
  const { session, token } = await withLink();
  const { data } = await anybody.mutate('consent.followHandOff', { token });
  await owner.mutate('consent.revokeHandOffLink', session);
  expect(await comeBack(null, { state: stateOf(data['url']) })).toBe('gone');
  expect(await runsOf(session.onboardingSessionId)).toEqual([]);
});

test('a link dies with the rights of whoever made it', async () => {
  const operator = await callerOf(api, 'operator@acme.example');
  const followed = await withLink(operator);
  const { data } = await anybody.mutate('consent.followHandOff', { token: followed.token });
  const unfollowed = await withLink(operator);
  await api.app.db.prisma.membership.updateMany({
    where: { workspaceId, user: { email: 'operator@acme.example' } },
    data: { role: 'viewer' },
  });
  expect((await anybody.mutate('consent.openHandOff', { token: unfollowed.token })).reason).toBe(
    'link.revoked',
  );
  expect(await comeBack(null, { state: stateOf(data['url']) })).toBe('gone');
  expect(await runsOf(followed.session.onboardingSessionId)).toEqual([]);
});

test('neither links nor states are kept or shown, and every step is written down', async () => {
  const { session, token } = await withLink();
  const { data } = await anybody.mutate('consent.followHandOff', { token });
  const state = stateOf(data['url']);
  await comeBack(null, { state, error: 'access_denied' });
  const { prisma } = api.app.db;
  const rows = JSON.stringify(await prisma.consentRequest.findMany());
  const events = await prisma.auditEvent.findMany({
    where: { workspaceId, targetId: session.onboardingSessionId, action: { startsWith: 'consent.' } },
    orderBy: { id: 'asc' },
  });
  expect(events.map(({ action, actorLabel, outcome }) => [action, actorLabel, outcome])).toEqual([
    ['consent.createHandOffLink', 'owner@acme.example', 'allowed'],
    ['consent.followHandOff', 'Hand-off link of owner@acme.example', 'allowed'],
    ['consent.return', 'Hand-off link of owner@acme.example', 'failed'],
  ]);
  const shown = JSON.stringify([events, await consentOf(session), rows]);
  for (const secret of [token, state]) expect(shown).not.toContain(secret);
});
