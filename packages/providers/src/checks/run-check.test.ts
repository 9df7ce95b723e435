import { CHECK_KEYS, type CheckKey } from '@gangway/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMicrosoftProvider } from '../microsoft/create-microsoft-provider.js';
import type { CheckResult } from '../port.js';
import { listen } from '../testing/listen.js';
import { openLab, reasonOf, runReport, type SandboxLab, targetOf } from '../testing/sandbox-lab.js';

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

describe('rows of the report', () => {
  let lab: SandboxLab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());

  it.each([
    ['credential.missing', { credential: null }],
    ['credential.expired', { expiresAt: inDays(-1) }],
    ['request.invalid', { clientId: 'my-app' }],
    ['request.invalid', { entraTenantId: "x' or '1" }],
  ] as const)('configuration finds %s by itself', async (reason, changes) => {
    const report = await runReport(lab.provider, targetOf('healthy', changes));
    expect(report.results.configuration?.check).toMatchObject({ status: 'fail', reasonCode: reason });
    expect(report.results.tenant_discovery?.check.status).toBe('skipped');
  });

  it('configuration refuses the sandbox where it is switched off', async () => {
    const report = await runReport(createMicrosoftProvider({}), targetOf('healthy'));
    expect(report.results.configuration?.check.reasonCode).toBe('tenant.wrong_cloud');
  });

  it('organization wants the entered domain to be verified', async () => {
    expect(
      reasonOf(
        await runReport(lab.provider, targetOf('healthy', { domain: 'contoso.healthy.sandbox.example' })),
      ),
    ).toBeNull();
    expect(reasonOf(await runReport(lab.provider, targetOf('healthy', { domain: null })))).toBeNull();
    const unverified = await runReport(
      lab.provider,
      targetOf('healthy', { domain: 'shop.healthy.sandbox.example' }),
    );
    expect(unverified.results.organization?.check).toMatchObject({
      status: 'fail',
      reasonCode: 'tenant.mismatch',
    });
  });

  it('a young consent is waited for instead of being called missing', async () => {
    const report = await runReport(lab.provider, targetOf('consent-missing', { consentedAt: inDays(0) }));
    expect(report.gaveUp?.reasonCode).toBe('permission.propagating');
    expect(report.results.application?.check.status).toBeUndefined();
  });

  it('a young consent is not waited for where the permission was not part of it', async () => {
    const report = await runReport(lab.provider, targetOf('permission-missing', { consentedAt: inDays(0) }));
    expect([report.waits, reasonOf(report)]).toEqual([[], 'permission.missing']);
  });

  it('a consent that is missing is found once; what it keeps from being looked at is skipped and says why', async () => {
    const { results } = await runReport(lab.provider, targetOf('consent-missing'));
    const rows = CHECK_KEYS.slice(4).map((key) => results[key]?.check);
    expect(rows.map((row) => [row?.key, row?.status, row?.reasonCode])).toEqual([
      ['organization', 'fail', 'consent.missing'],
      ['application', 'pass', null],
      ['granted_permissions', 'skipped', 'consent.missing'],
      ['capability_probes', 'skipped', 'consent.missing'],
      // An application may read itself, whatever was granted to it.
      ['credential_expiry', 'pass', null],
    ]);
    for (const row of rows.slice(2, 4)) expect(row?.remedy).toContain('"Organization" found');
    expect(results.granted_permissions?.permissions?.some((row) => row.grantedAsApplication)).toBe(false);
    const probes = results.capability_probes?.permissions?.map(({ probe }) => probe);
    expect([probes?.length, new Set(probes)]).toEqual([7, new Set(['skipped'])]);
  });

  it('a row without ground names the failure at the root of it', async () => {
    const { results } = await runReport(lab.provider, targetOf('credential-expired'));
    for (const key of CHECK_KEYS.slice(3)) {
      expect(results[key]?.check).toMatchObject({ status: 'skipped', reasonCode: 'credential.expired' });
      expect(results[key]?.check.remedy).toContain('"Sign-in" found');
    }
  });

  it('the truth table is about the token in use, not the one from before a consent spread', async () => {
    const { results } = await runReport(lab.provider, targetOf('healthy'));
    const { token_claims, application } = results;
    if (!token_claims || !application) throw new Error('The report has holes');
    const stale = { ...token_claims, facts: { ...token_claims.facts, tokenRoles: [] } };
    const signal = AbortSignal.timeout(9_000);
    const earlier = { application, token_claims: stale };
    const { permissions } = await lab.provider.check(
      'granted_permissions',
      targetOf('healthy'),
      earlier,
      signal,
    );
    expect(permissions?.every((row) => row.inToken)).toBe(true);
  });

  it('sign-in always asks for a new token', async () => {
    const signal = AbortSignal.timeout(9_000);
    const ask = () => lab.provider.check('sign_in', targetOf('healthy'), {}, signal);
    // Without the row before it there is no ground to stand on.
    expect((await ask()).check.status).toBe('skipped');
    const { results } = await runReport(lab.provider, targetOf('healthy'));
    const again = await lab.provider.check('sign_in', targetOf('healthy'), results, signal);
    expect(again.check.evidence?.correlationId).not.toBe(results.sign_in?.check.evidence?.correlationId);
  });
});

/** A Graph that knows one answer, behind a token that is not ours to read. */
async function checkAgainst(
  key: CheckKey,
  status: number,
  body: unknown,
  expiresAt: string | null,
): Promise<CheckResult> {
  const stub = await listen((request, response) => {
    const isToken = request.url?.endsWith('/token') ?? false;
    response.writeHead(isToken ? 200 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isToken ? { access_token: 'opaque', expires_in: 3_599 } : body));
  });
  try {
    const provider = createMicrosoftProvider({ sandboxOrigin: stub.origin });
    const target = targetOf('healthy', { expiresAt });
    const signal = AbortSignal.timeout(9_000);
    const facts = {
      tokenRoles: ['User.Read.All'],
      servicePrincipalId: null,
      grants: null,
      credentialExpiresAt: null,
    };
    const check = {
      key: 'token_claims',
      title: '',
      status: 'pass',
      reasonCode: null,
      remedy: null,
      whoFixes: null,
      evidence: null,
    } as const;
    return await provider.check(key, target, { token_claims: { check, facts, permissions: null } }, signal);
  } finally {
    await stub.close();
  }
}

describe('rows that no sandbox directory produces', () => {
  const NOT_FOUND = { error: { code: 'Request_ResourceNotFound', message: '' } };

  it('application: disabled, or absent', async () => {
    const disabled = await checkAgainst('application', 200, { id: 'sp-1', accountEnabled: false }, null);
    expect(disabled.check).toMatchObject({ status: 'fail', reasonCode: 'app.disabled' });
    const absent = await checkAgainst('application', 404, NOT_FOUND, null);
    expect(absent.check).toMatchObject({
      status: 'fail',
      reasonCode: 'app.not_in_tenant',
      evidence: { httpStatus: 404 },
    });
  });

  it.each([
    [inDays(200), 'pass', null],
    [inDays(12), 'warn', 'credential.expiring'],
    [null, 'skipped', null],
  ] as const)(
    'credential expiry, registered elsewhere, said to end %s: %s',
    async (expiresAt, status, reasonCode) => {
      const { check, facts } = await checkAgainst('credential_expiry', 404, NOT_FOUND, expiresAt);
      expect(check).toMatchObject({ status, reasonCode });
      expect(facts.credentialExpiresAt).toBe(expiresAt);
    },
  );

  it('credential expiry: the secret is told by its hint, and the earliest end counts', async () => {
    const ends = [
      { endDateTime: inDays(3), hint: 'oth' },
      { endDateTime: inDays(90), hint: 'san' },
      { endDateTime: inDays(60), hint: 'san' },
      { endDateTime: inDays(-60), hint: 'san' },
    ];
    const { check, facts } = await checkAgainst(
      'credential_expiry',
      200,
      { passwordCredentials: ends, keyCredentials: [] },
      null,
    );
    expect(check.status).toBe('pass');
    expect(facts.credentialExpiresAt).toBe(ends[2]?.endDateTime);
  });
});
