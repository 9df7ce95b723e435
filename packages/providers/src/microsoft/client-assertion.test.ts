import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { CHECK_KEYS } from '@gangway/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSign } from '../testing/self-sign.js';
import { openLab, reasonOf, runReport, type SandboxLab, targetOf } from '../testing/sandbox-lab.js';
import { createMicrosoftProvider } from './create-microsoft-provider.js';

const DAY_MS = 24 * 3_600_000;
const known = selfSign('known', new Date(Date.now() + 90 * DAY_MS));
const stranger = selfSign('stranger', new Date(Date.now() + 90 * DAY_MS));

describe('signing in with a certificate', () => {
  let lab: SandboxLab;
  beforeAll(async () => {
    lab = await openLab({ certificates: [known.certificatePem] });
  });
  afterAll(() => lab.close());

  it('passes with a registered certificate and reads its own end', async () => {
    const report = await runReport(
      lab.provider,
      targetOf('healthy', { credential: { kind: 'certificate', ...known } }),
    );
    expect(CHECK_KEYS.map((key) => report.results[key]?.check.status)).toEqual(CHECK_KEYS.map(() => 'pass'));
    const endsAt = new Date(new X509Certificate(known.certificatePem).validTo).toISOString();
    expect(report.results.credential_expiry?.facts.credentialExpiresAt).toBe(endsAt);
    expect(JSON.stringify(report)).not.toContain('PRIVATE KEY');
  });

  it('is refused with a certificate that is not registered', async () => {
    const report = await runReport(
      lab.provider,
      targetOf('healthy', { credential: { kind: 'certificate', ...stranger } }),
    );
    expect(reasonOf(report)).toBe('credential.certificate_rejected');
    expect(report.results.sign_in?.check.evidence?.aadsts).toBe('AADSTS700027');
  });

  it('is refused with the key of another certificate', async () => {
    const credential = {
      kind: 'certificate',
      certificatePem: known.certificatePem,
      privateKeyPem: stranger.privateKeyPem,
    } as const;
    expect(reasonOf(await runReport(lab.provider, targetOf('healthy', { credential })))).toBe(
      'credential.certificate_rejected',
    );
  });

  it('names a key that cannot sign, without quoting it', async () => {
    const privateKeyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    for (const broken of [
      privateKeyPem,
      '-----BEGIN PRIVATE KEY-----\ncanary-77\n-----END PRIVATE KEY-----',
    ]) {
      const credential = {
        kind: 'certificate',
        certificatePem: known.certificatePem,
        privateKeyPem: broken,
      } as const;
      const report = await runReport(lab.provider, targetOf('healthy', { credential }));
      expect(reasonOf(report)).toBe('credential.unusable');
      // Nobody was asked, so that nobody has refused anything.
      expect(report.results.sign_in?.check.evidence).toBeNull();
      expect(JSON.stringify(report)).not.toContain('canary-77');
    }
  });

  it('tells when the clock of this server is wrong', async () => {
    const late = createMicrosoftProvider({
      sandboxOrigin: lab.base,
      now: () => new Date(Date.now() - 2 * 3_600_000),
    });
    const report = await runReport(
      late,
      targetOf('healthy', { credential: { kind: 'certificate', ...known } }),
    );
    expect(reasonOf(report)).toBe('credential.assertion_time');
  });

  it('has nothing to show for a federated credential, unless somebody provides it', async () => {
    const credential = {
      kind: 'federated',
      issuer: 'https://issuer.example',
      subject: 's',
      audience: 'a',
    } as const;
    expect(reasonOf(await runReport(lab.provider, targetOf('healthy', { credential })))).toBe(
      'credential.federation_mismatch',
    );
  });
});
