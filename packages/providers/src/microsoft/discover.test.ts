import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIRECTORIES } from '../microsoft-sandbox/directories.js';
import { uuidV5 } from '../microsoft-sandbox/uuid-v5.js';
import { openLab, type SandboxLab } from '../testing/sandbox-lab.js';
import { createMicrosoftProvider } from './create-microsoft-provider.js';

describe('discover', () => {
  let lab: SandboxLab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());
  const soon = () => AbortSignal.timeout(9_000);

  it('finds every directory by domain and by id', async () => {
    const there = DIRECTORIES.filter(
      ({ scenario }) =>
        scenario.discovery !== 'unknown' && scenario.every !== 'slow' && !scenario.isInTwoClouds,
    );
    expect(there.length).toBeGreaterThan(25);
    for (const { domain, entraTenantId } of there) {
      expect(await lab.provider.discover(domain.toUpperCase(), soon())).toEqual({
        entraTenantId,
        cloud: 'sandbox',
        domain,
      });
      expect(await lab.provider.discover(entraTenantId, soon())).toEqual({
        entraTenantId,
        cloud: 'sandbox',
        domain: null,
      });
    }
  });

  it('finds both tenants of a directory that is in two clouds, and each by its id', async () => {
    const domain = 'two-clouds.sandbox.example';
    const { choices = [] } = await lab.provider.discover(domain, soon());
    expect(choices.map(({ cloud }) => cloud)).toEqual(['sandbox', 'usgov']);
    for (const choice of choices)
      expect(await lab.provider.discover(choice.entraTenantId, soon())).toEqual({ ...choice, domain: null });
  });

  it('derives ids as documented', () => {
    // The example of RFC 9562, appendix A.4.
    expect(uuidV5('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it.each(['tenant-not-found.sandbox.example', 'no-such-scenario.sandbox.example', 'contoso.example'])(
    '%s is not there',
    async (domain) => {
      await expect(lab.provider.discover(domain, soon())).rejects.toMatchObject({
        reasonCode: 'tenant.not_found',
      });
    },
  );

  it('knows no sandbox where that is switched off', async () => {
    const provider = createMicrosoftProvider({});
    await expect(provider.discover('healthy.sandbox.example', soon())).rejects.toMatchObject({
      reasonCode: 'tenant.not_found',
    });
  });
});
