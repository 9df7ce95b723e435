import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENTED, recordAnswers } from './test-documented.js';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

let api: TestPartnerApi;
beforeAll(async () => {
  const callsPerMinute = { address: 1, user: 1, partner: 1 };
  api = await startTestPartnerApi({ callsPerMinute, withoutEngine: true });
});
afterAll(() => api.close());

test('every operation answers 429 above the limit, as documented, and says how long to wait', async () => {
  await api.call('GET', '/api/provisioning/tenants');
  const recorded = recordAnswers(api);
  for (const { name, method, path } of DOCUMENTED) {
    const answer = await recorded.call(name, method, path.replace(/\{\w+\}/, randomUUID()));
    expect([name, answer.status, answer.body['reason_code']]).toEqual([name, 429, 'request.rate_limited']);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(answer.headers.get('ratelimit')).toContain(';r=0;t=');
    expect(answer.headers.get('ratelimit-policy')).toContain(';q=1;w=60');
  }
});
