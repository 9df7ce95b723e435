import { afterEach, describe, expect, it } from 'vitest';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';
import { globalTarget, tenantOf } from '../testing/tenant-of.js';

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());
const soon = () => AbortSignal.timeout(9_000);

describe('throttling', () => {
  async function read(graph: JsonAnswer) {
    lab = await openMicrosoft(tenantOf(() => graph));
    return lab.provider
      .read('posture.conditional_access', globalTarget(), soon())
      .catch((error: unknown) => error);
  }
  const scope = 'Tenant/Read/0f1e2d3c-4b5a-4687-9a8b-7c6d5e4f3a2b/1a2b3c4d-5e6f-4708-8192-a3b4c5d6e7f8';

  it('keeps whose requests were too many', async () => {
    const headers = {
      'retry-after': '42',
      'x-ms-throttle-scope': scope,
      'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
    };
    expect(await read({ status: 429, headers, body: {} })).toMatchObject({
      reasonCode: 'provider.throttled',
      retryAfterMs: 42_000,
      evidence: { httpStatus: 429, throttleScope: scope },
    });
  });

  it('waits for the window where no wait is named', async () => {
    expect(await read({ status: 429, body: {} })).toMatchObject({
      reasonCode: 'provider.throttled',
      retryAfterMs: 15_000,
    });
  });

  it.each(['Tenant/<b>', 'Tenant//x', 'x'.repeat(80)])('keeps no text for a scope: %s', async (text) => {
    const found = await read({ status: 429, headers: { 'x-ms-throttle-scope': text }, body: {} });
    expect(found).not.toHaveProperty('evidence.throttleScope');
  });

  it('takes a warning before the limit for an answer like any other', async () => {
    const headers = { 'x-ms-throttle-limit-percentage': '1.2', 'x-ms-ags-diagnostic': '{"ServerInfo":{}}' };
    expect(await read({ headers, body: { value: [] } })).toMatchObject({ total: 0 });
  });
});

describe('Conditional Access', () => {
  const POLICY = '5e6f7081-92a3-4bb4-8c5d-6e7f8091a2b3';
  const claims = JSON.stringify({ access_token: { capolids: { essential: true, values: [POLICY] } } });
  async function signIn(outboundAddresses: readonly string[], number = 53003) {
    const body = { error: 'invalid_grant', error_codes: [number], suberror: 'message_only', claims };
    lab = await openMicrosoft(() => ({ status: 400, body }), { outboundAddresses });
    const earlier = passedChecks({ configuration: {}, tenant_discovery: {} });
    return (await lab.provider.check('sign_in', globalTarget(), earlier, soon())).check;
  }

  it('names the addresses that have to be allowed, if they are known', async () => {
    const found = await signIn(['198.51.100.24', '2001:db8:7::/48']);
    expect(found).toMatchObject({
      reasonCode: 'policy.conditional_access',
      evidence: { policyIds: [POLICY] },
    });
    expect(found.remedy).toContain('198.51.100.24, 2001:db8:7::/48');
    await lab?.close();
    expect((await signIn([])).remedy).toContain("this server's outbound addresses");
  });

  it('does not speak of addresses where security defaults block', async () => {
    expect((await signIn(['198.51.100.24'], 530035)).remedy).toContain('Security defaults');
  });

  it('keeps the policy that a challenge of Graph names', async () => {
    const header = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
    const answer: JsonAnswer = {
      status: 403,
      headers: { 'www-authenticate': header },
      body: { error: { code: 'Authorization_RequestDenied' } },
    };
    lab = await openMicrosoft(tenantOf(() => answer));
    const read = lab.provider.read('inventory.users', globalTarget(), soon());
    await expect(read).rejects.toMatchObject({
      reasonCode: 'policy.conditional_access',
      evidence: { policyIds: [POLICY], graphCode: 'Authorization_RequestDenied' },
    });
  });
});
