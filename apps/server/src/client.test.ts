import { readFile } from 'node:fs/promises';
import { createGangwayClient } from '@gangway/client/create-client';
import { provisionTenant } from '@gangway/client/example';
import { TRPCClientError } from '@trpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEMO_KEY, fetchToken } from './testing/partner-client.js';
import { createProductBed, type ProductBed } from './testing/product-bed.js';

// The typed client against the built server.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let bed: ProductBed;
let url = '';
beforeAll(async () => {
  bed = await createProductBed();
  ({ url } = await bed.start({ DEMO: '1' }));
});
afterAll(() => bed.drop());

test('the example of docs/provisioning.md is the one that runs here', async () => {
  expect(await provisionTenant(url, DEMO_KEY, 'example@example.com')).toMatch(/^[\w-]{16,}$/);
  const root = new URL('../../../', import.meta.url);
  const source = await readFile(new URL('packages/client/src/example.ts', root), 'utf8');
  expect(await readFile(new URL('docs/provisioning.md', root), 'utf8')).toContain(
    source.replace('./create-client.js', '@gangway/client/create-client'),
  );
});

test('an access token is asked for before each request, and a refusal says why', async () => {
  let asked = 0;
  const gangway = createGangwayClient({
    url: `${url}/`,
    credential: () => {
      asked += 1;
      return fetchToken(url, 'demo-integration');
    },
  });
  expect((await gangway.provisioning.tenants.list.query({})).items).toBeInstanceOf(Array);
  const refused: unknown = await gangway.provisioning.tenants.create
    .mutate({ client_name: 'No', email: 'no@example.com' })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TRPCClientError);
  expect(refused).toMatchObject({ data: { httpStatus: 403, reasonCode: 'partner.permission_missing' } });
  expect(asked).toBe(2);
});
