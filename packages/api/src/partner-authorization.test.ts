import { randomUUID } from 'node:crypto';
import type { Permission } from '@gangway/contract/permissions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { procedureTable } from './procedure-table.js';
import { startTestApi, type TestApi } from './test-api.js';
import { seedPartner, type PartnerPlace } from './test-place.js';

// Every procedure of the partner plane x every kind of credential x own, foreign and random ids. A new one is covered by
// existing.

const procedures = procedureTable.filter((entry) => entry.scope === 'partner');
const NAMES_NOTHING = /\.(create|list|bulk)$|^provisioning\.analytics\./;

const testIf = (applies: boolean): ((name: string, run: () => Promise<void>) => void) =>
  applies ? test : () => undefined;

let api: TestApi;
let own: { bearer: string; place: PartnerPlace };
let foreign: PartnerPlace;

beforeAll(async () => {
  api = await startTestApi();
  own = await seedPartner(api, 'demo-partner');
  foreign = (await seedPartner(api, 'other-partner')).place;
});
afterAll(() => api.close());

async function bearerWith(...permissions: Permission[]): Promise<string> {
  const clientId = 'demo-partner';
  const { partnerId } = await api.app.db.prisma.partnerClient.findUniqueOrThrow({ where: { clientId } });
  return `Bearer ${await api.app.partnerTokens.issue({ clientId, partnerId, roles: ['partner-admin'], permissions })}`;
}

test('every procedure of the partner plane says what it needs', () => {
  expect(procedures.length).toBeGreaterThan(30);
  for (const { path } of procedures) expect(path).toMatch(/^provisioning\./);
});

describe.each(procedures.map((entry) => [entry.path, entry] as const))(
  '%s',
  (_, { path, type, permission }) => {
    // What the door looks at and nothing else: a stranger must not get as far as the schema.
    const inputFor = (place: object) => ({ ...place, key: 'unknown', nonsense: true });
    const challengeOf = ({ headers }: { headers: Record<string, string> }) => headers['www-authenticate'];
    // A stream is open before it is refused: the refusal is in it.
    const hasHeaders = type !== 'subscription';

    test.each([
      ['nobody', null, 'Bearer realm="gangway"'],
      ['a made up key', 'Bearer gwk_AAAAAAAA', 'Bearer realm="gangway", error="invalid_token"'],
    ])('401 for %s, whatever the id, with a challenge', async (_who, bearer, challenge) => {
      for (const place of [own.place, { tenant: randomUUID() }]) {
        const answer = await api.call(path, type, inputFor(place), bearer);
        expect([answer.status, answer.body.includes('auth.required')]).toEqual([401, true]);
        if (hasHeaders) expect(challengeOf(answer)).toBe(challenge);
      }
    });

    test('403 without the permission, even with a senseless input, and with its name', async () => {
      const bearer = await bearerWith(permission === 'tenant:read' ? 'analytics:read' : 'tenant:read');
      const answer = await api.call(path, type, inputFor(own.place), bearer);
      expect([answer.status, answer.body.includes('partner.permission_missing')]).toEqual([403, true]);
      if (hasHeaders)
        expect(challengeOf(answer)).toBe(
          `Bearer realm="gangway", error="insufficient_scope", scope="${permission}"`,
        );
    });

    testIf(!NAMES_NOTHING.test(path))('404 for what is elsewhere, like for what does not exist', async () => {
      const bearer = await bearerWith(permission);
      const ids = [foreign, { tenant: randomUUID(), operation_run_id: randomUUID(), id: randomUUID() }, {}];
      const [elsewhere, ...others] = await Promise.all(
        ids.map((place) => api.call(path, type, inputFor(place), bearer)),
      );
      expect(elsewhere?.status).toBe(404);
      for (const other of others) expect(other).toEqual(elsewhere);
    });
  },
);

test('a batch has one challenge, and browsers have none', async () => {
  const paths = 'provisioning.tenants.list,provisioning.apiKeys.list';
  const batch = await fetch(`${api.base}/${paths}?batch=1&input=${encodeURIComponent('{"0":{},"1":{}}')}`);
  expect([batch.status, batch.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="gangway"']);
  const { status, headers } = await api.call('workspaces.list', 'query', {}, null);
  expect([status, headers['www-authenticate']]).toEqual([401, undefined]);
});
