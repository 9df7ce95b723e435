import { readFile } from 'node:fs/promises';
import { CHECK_KEYS } from '@gangway/contract/operations';
import {
  PROVIDER_REASON_CODES,
  PROVIDER_REASONS,
  type ProviderReasonCode,
} from '@gangway/contract/reason-codes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMicrosoftProvider } from '../microsoft/create-microsoft-provider.js';
import type { MicrosoftProvider } from '../port.js';
import { openLab, reasonOf, runReport, type SandboxLab, targetOf } from '../testing/sandbox-lab.js';
import { SANDBOX_CLIENT_SECRET } from './directories.js';
import { scenarioName, SCENARIOS } from './scenarios.js';

/** Waiting mends these within a run; the others end it, or only warn. */
const RECOVERING: readonly ProviderReasonCode[] = [
  'provider.throttled',
  'provider.unavailable',
  'permission.propagating',
  'credential.propagating',
];
const WARNING: readonly ProviderReasonCode[] = [
  'credential.expiring',
  'license.missing',
  'permission.excessive',
];
/** Found without asking Microsoft, on the consent page, or after it: the tests of those have them. */
const ELSEWHERE: readonly ProviderReasonCode[] = [
  'credential.unusable',
  'consent.cancelled',
  'permission.revoked',
];
const NOT_RETURNED = /access_token|eyJ[\w-]{10,}|nobody should be shown|Insufficient privileges/;

it('documents every directory', async () => {
  const page = await readFile(new URL('../../../../docs/sandbox.md', import.meta.url), 'utf8');
  const documented = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map((match) => match[1]);
  expect(new Set(documented)).toEqual(new Set(SCENARIOS.keys()));
  expect(documented).toHaveLength(SCENARIOS.size);
});

describe('a directory for every reason', () => {
  let lab: SandboxLab;
  /** Waits less than a slow directory takes. */
  let hurried: MicrosoftProvider;
  beforeAll(async () => {
    lab = await openLab();
    hurried = createMicrosoftProvider({ sandboxOrigin: lab.base, timeoutMs: 400 });
  });
  afterAll(() => lab.close());

  const ending = PROVIDER_REASON_CODES.filter(
    (code) => ![...RECOVERING, ...WARNING, ...ELSEWHERE].includes(code),
  );
  it.each(ending)('%s ends the report', async (code) => {
    const provider = code === 'network.timeout' ? hurried : lab.provider;
    const report = await runReport(provider, targetOf(scenarioName(code)));
    expect(reasonOf(report)).toBe(code);
    const failed = CHECK_KEYS.map((key) => report.results[key]?.check).find(
      (check) => check?.status === 'fail',
    );
    if (PROVIDER_REASONS[code].retry === 'yes') expect(report.gaveUp?.reasonCode).toBe(code);
    else
      expect(failed).toMatchObject({
        reasonCode: code,
        whoFixes: PROVIDER_REASONS[code].whoFixes,
        remedy: expect.any(String) as string,
      });
    expect(JSON.stringify([report, report.waits.map(String)])).not.toMatch(NOT_RETURNED);
    expect(JSON.stringify(report)).not.toContain(SANDBOX_CLIENT_SECRET);
  });

  it.each(RECOVERING)('%s is waited for, and then all is well', async (code) => {
    const credentialAddedAt = new Date().toISOString();
    const report = await runReport(lab.provider, targetOf(scenarioName(code), { credentialAddedAt }));
    expect(report.waits.map((error) => error.reasonCode)).toEqual([code, code]);
    expect(report.waits.every((error) => (error.retryAfterMs ?? 0) > 0)).toBe(true);
    expect(CHECK_KEYS.map((key) => report.results[key]?.check.status)).toEqual(CHECK_KEYS.map(() => 'pass'));
  });

  it.each(WARNING)('%s warns and lets the report succeed', async (code) => {
    const report = await runReport(lab.provider, targetOf(scenarioName(code)));
    expect(reasonOf(report)).toBeNull();
    const warned = CHECK_KEYS.map((key) => report.results[key]?.check).filter(
      (check) => check?.status === 'warn',
    );
    expect(warned.map((check) => check?.reasonCode)).toEqual([code]);
  });

  it.each(['healthy', 'flaky'])('%s passes all nine rows', async (scenario) => {
    const report = await runReport(lab.provider, targetOf(scenario));
    expect(CHECK_KEYS.map((key) => report.results[key]?.check.status)).toEqual(CHECK_KEYS.map(() => 'pass'));
    expect(report.waits).toEqual([]);
    const table = report.results.capability_probes?.permissions ?? [];
    expect(table).toHaveLength(7);
    expect(table.every((row) => row.grantedAsApplication && row.inToken && row.probe === 'pass')).toBe(true);
  });

  it('refuses a wrong secret in every directory that answers', async () => {
    const credential = { kind: 'client_secret', clientSecret: 'canary-5d1f9c' } as const;
    for (const scenario of ['healthy', 'consent-missing', 'credential-expired', 'provider-throttled']) {
      const report = await runReport(lab.provider, targetOf(scenario, { credential }));
      expect(reasonOf(report)).toBe('credential.invalid');
      expect(report.results.sign_in?.check.evidence).toMatchObject({
        httpStatus: 401,
        aadsts: 'AADSTS7000215',
      });
      expect(JSON.stringify(report)).not.toContain('canary-5d1f9c');
    }
  });

  it('tells a missing permission from one that is only delegated', async () => {
    const missing = await runReport(lab.provider, targetOf('permission-missing'));
    const policyRow = (report: typeof missing) =>
      report.results.capability_probes?.permissions?.find((row) => row.permission === 'Policy.Read.All');
    expect(policyRow(missing)).toMatchObject({
      grantedAsApplication: false,
      inToken: false,
      delegatedOnly: false,
      probe: 'fail',
    });
    const delegated = await runReport(lab.provider, targetOf('permission-delegated-only'));
    expect(policyRow(delegated)).toMatchObject({
      grantedAsApplication: false,
      delegatedOnly: true,
      probe: 'fail',
    });
    expect(delegated.results.granted_permissions?.check.remedy).toContain('Policy.Read.All');
  });

  it('skips the rows whose ground is lost, and says so', async () => {
    const { results } = await runReport(lab.provider, targetOf('credential-expired'));
    expect(CHECK_KEYS.map((key) => results[key]?.check.status)).toEqual([
      'pass',
      'pass',
      'fail',
      ...CHECK_KEYS.slice(3).map(() => 'skipped'),
    ]);
  });

  it('answers slowly where it is slow, and still passes when there is time', async () => {
    expect(reasonOf(await runReport(hurried, targetOf('slow')))).toBe('network.timeout');
    const started = Date.now();
    expect((await lab.provider.discover('slow.sandbox.example', AbortSignal.timeout(9_000))).cloud).toBe(
      'sandbox',
    );
    expect(Date.now() - started).toBeGreaterThan(1_900);
  });
});
