import { BOOTSTRAP_TYPES } from '@gangway/contract/operation-types';
import { snapshotData } from '@gangway/contract/snapshots';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type SandboxLab, targetOf } from '../testing/sandbox-lab.js';

describe('bootstrap reads against the sandbox', () => {
  let lab: SandboxLab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab.close());
  const soon = () => AbortSignal.timeout(15_000);

  it.each(BOOTSTRAP_TYPES)('%s gives a snapshot of its declared shape', async (type) => {
    const data = await lab.provider.read(type, targetOf('healthy'), soon());
    expect(snapshotData[type].parse(data)).toEqual(data);
  });

  it('counts 1,234 users over several pages, one of them empty', async () => {
    const seen: [number, number | null][] = [];
    const users = await lab.provider.read('inventory.users', targetOf('healthy'), soon(), (...counts) =>
      seen.push(counts),
    );
    expect(users).toEqual({ total: 1_234, members: 1_111, guests: 123, disabled: 72 });
    expect(seen).toEqual([
      [999, 1_234],
      [999, 1_234],
      [1_234, 1_234],
    ]);
  });

  it('reads all of it from a directory that fails every third call', async () => {
    const users = await lab.provider.read('inventory.users', targetOf('flaky'), soon());
    expect(users.total).toBe(1_234);
  });

  it('finds what healthy is documented to hold', async () => {
    const target = targetOf('healthy');
    expect((await lab.provider.read('inventory.domains', target, soon())).total).toBe(3);
    expect((await lab.provider.read('inventory.licenses', target, soon())).skus).toHaveLength(5);
    expect(
      (await lab.provider.read('inventory.directory_roles', target, soon())).globalAdministrators,
    ).toHaveLength(2);
    expect(await lab.provider.read('posture.conditional_access', target, soon())).toMatchObject({
      total: 4,
      enabled: 2,
      reportOnly: 1,
      disabled: 1,
    });
    expect((await lab.provider.read('inventory.organization', target, soon())).id).toBe(target.entraTenantId);
    const intune = await lab.provider.read('intune.compliance_policies', target, soon());
    expect(intune.policies.map(({ platform }) => platform)).toEqual(['windows10', 'ios', 'android']);
  });

  it('names what stands in the way of a read', async () => {
    const licence = lab.provider.read('intune.device_configurations', targetOf('license-missing'), soon());
    await expect(licence).rejects.toMatchObject({ reasonCode: 'license.missing', isRetryable: false });
    const denied = lab.provider.read('posture.security_defaults', targetOf('permission-missing'), soon());
    await expect(denied).rejects.toMatchObject({
      reasonCode: 'permission.missing',
      evidence: { httpStatus: 403 },
    });
    const young = targetOf('permission-missing', { consentedAt: new Date().toISOString() });
    const waiting = lab.provider.read('posture.security_defaults', young, soon());
    await expect(waiting).rejects.toMatchObject({ reasonCode: 'permission.propagating', isRetryable: true });
    const throttled = lab.provider.read('inventory.domains', targetOf('provider-throttled'), soon());
    await expect(throttled).rejects.toMatchObject({ reasonCode: 'provider.throttled', retryAfterMs: 3_000 });
  });

  it('stops when it is told to', async () => {
    const reason = new Error('cancelled');
    const read = lab.provider.read('inventory.users', targetOf('slow'), AbortSignal.abort(reason));
    await expect(read).rejects.toBe(reason);
  });
});
