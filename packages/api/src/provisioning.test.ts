import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { seedPartner, type PartnerPlace } from './test-place.js';

// What the partner plane is as procedures. Who may call what, and what they refuse, is walked elsewhere.

const unexpected: unknown[] = [];
let api: TestApi;
let partner: { bearer: string; place: PartnerPlace };

beforeAll(async () => {
  api = await startTestApi({ onUnexpected: (error) => void unexpected.push(error) });
  partner = await seedPartner(api, 'demo-partner');
});
afterAll(() => api.close());

test('what we send and cannot parse is a fault that tells nothing but its request id', async () => {
  const { id } = partner.place;
  await api.app.db.prisma.apiKey.update({ where: { id }, data: { roles: ['nonsense'] } });
  const { status, data } = await api.call('provisioning.apiKeys.get', 'query', { id }, partner.bearer);
  expect(status).toBe(500);
  expect(data).toEqual({
    error: {
      ...{ code: -32603, message: 'Something unexpected went wrong' },
      data: {
        ...{ code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 },
        ...{ reasonCode: 'internal.error', requestId: 'request-id' },
      },
    },
  });
  expect(unexpected).toHaveLength(1);
});
