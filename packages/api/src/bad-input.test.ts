import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { newTenant } from '@gangway/contract/provisioning/tenants';
import { appRouter } from './app-router.js';
import { procedureTable } from './procedure-table.js';
import { startTestApi, type Answer, type TestApi } from './test-api.js';
import { badInputs, BROKEN_JSON, crowded, nested } from './test-hostile.js';
import { placesOf, replaceAt, validInputs } from './test-inputs.js';
import {
  PARTNER_PLACE_NAMES,
  PLACE_NAMES,
  seedWorkspace,
  seedPartner,
  type PartnerPlace,
  type Place,
} from './test-place.js';
import { expectRefusal, expectRefusedRows } from './test-refusal.js';

// Inputs are made from the schemas, so that a new procedure is covered by existing. What the schema refuses, and what
// no schema may accept, is answered with 4xx in the one error shape, and changes no row.

// A hundred calls and more per test, on machines that do other work as well.
vi.setConfig({ testTimeout: 60_000 });

const BOUND_MS = 5_000;
/** A request line holds no more: longer inputs are for bodies only. */
const QUERY_BOUND = 12_000;

let api: TestApi;
let acme: Place;
let globex: Place;
let partner: { bearer: string; place: PartnerPlace };
let otherPartner: PartnerPlace;

beforeAll(async () => {
  api = await startTestApi();
  acme = await seedWorkspace(api, 'acme');
  globex = await seedWorkspace(api, 'globex');
  partner = await seedPartner(api, 'demo-partner');
  otherPartner = (await seedPartner(api, 'other-partner')).place;
});
afterAll(() => api.close());

/** All rows of all tables as one hash per table; not what a refusal itself writes: the denial, what counts for a limit, and when one was seen. */
async function rowsNow(): Promise<unknown> {
  const { prisma } = api.app.db;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('browser_sessions', 'rate_limits', '_prisma_migrations')`;
  const one = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${name}" t` +
    (name === 'audit_events' ? ` WHERE outcome = 'allowed' AND action <> 'auth.signIn'` : '');
  return prisma.$queryRawUnsafe(`${tables.map(one).join(' UNION ALL ')} ORDER BY name`);
}

const HIDDEN_IDS: readonly string[] = [...PLACE_NAMES, ...PARTNER_PLACE_NAMES];

describe.each(procedureTable.map((entry) => [entry.path, entry] as const))('%s', (path, { type, scope }) => {
  const procedure = Reflect.get(appRouter._def.procedures, path) as { _def: { inputs: z.ZodType[] } };
  const isWebhook = path.startsWith('provisioning.webhooks.');
  // What a bulk request lets through is looked at row by row.
  const isBulk = path === 'provisioning.tenants.bulk';
  const [schema] = isBulk ? [z.array(newTenant).min(1)] : procedure._def.inputs;
  const expectRefused = (answer: Answer, sent: unknown) =>
    isBulk && answer.status === 200 ? expectRefusedRows(answer, sent) : expectRefusal(answer, sent);
  let cookie = '';
  let valid: unknown[] = [];

  beforeEach(async () => {
    cookie = scope === 'partner' ? partner.bearer : await api.signIn('owner@acme.example');
    const { place } = partner;
    const id = path.endsWith('.redeliver') ? place.delivery : isWebhook ? place.webhook : place.id;
    valid = schema ? validInputs(schema, { ...acme, ...place, id, slug: 'acme' }) : [];
  });

  async function send(input: unknown): Promise<Answer | null> {
    if (type !== 'mutation' && encodeURIComponent(JSON.stringify(input) ?? '').length > QUERY_BOUND)
      return null;
    const begun = performance.now();
    const answer = await api.call(path, type, input, cookie);
    expect(performance.now() - begun).toBeLessThan(BOUND_MS);
    return answer;
  }

  test('has a strict schema, of which inputs can be made', () => {
    expect(schema).toBeDefined();
    const paths = new Set(valid.flatMap((input) => placesOf(input)).map((place) => place.path.join('.')));
    const fields = Object.keys(schema && 'shape' in schema ? Object(schema.shape) : {});
    expect([...paths]).toEqual(expect.arrayContaining(fields));
    expect(valid).not.toEqual([]);
  });

  test('refuses what it does not describe, and changes nothing', async () => {
    const before = await rowsNow();
    const tried = new Set<string>();
    for (const input of valid.flatMap((one) => {
      // What an earlier input has been tried at is not tried again.
      const places = placesOf(one).filter(({ path: at }) => !tried.has(at.join('.')));
      for (const { path: at } of places) tried.add(at.join('.'));
      return schema ? badInputs(schema, one, places) : [];
    })) {
      const answer = await send(input);
      if (answer) expectRefused(answer, input);
    }
    expect(await rowsNow()).toEqual(before);
  });

  test('refuses depth, crowds and what is no JSON', async () => {
    const before = await rowsNow();
    const [least] = valid;
    const top = Array.isArray(least) ? [0] : [];
    const deep = [
      nested(500),
      replaceAt(least, [...top, 'extra'], nested(500)),
      replaceAt(least, [...top, 'workspaceId'], nested(500)),
    ];
    for (const input of deep) {
      const answer = await send(input);
      if (answer) expectRefused(answer, 'depth');
    }
    for (const text of type === 'mutation' ? [...BROKEN_JSON, crowded(least)] : []) {
      const begun = performance.now();
      expectRefused(await api.callWithText(path, text, cookie), text.slice(0, 100));
      expect(performance.now() - begun).toBeLessThan(BOUND_MS);
    }
    expect(await rowsNow()).toEqual(before);
  });

  test('stands whatever JSON is put anywhere', async () => {
    let before = await rowsNow();
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(
          '\u0000',
          '\ud83d',
          '\u202e',
          '\u0301',
          'e',
          '/',
          '.',
          '<',
          '{{',
          "'",
          '%',
          '@',
        ),
      }),
      fc.double(),
      fc.integer(),
    );
    const place = fc.tuple(fc.nat(), fc.nat(), anything).map(([which, where, value]) => {
      const input = valid[which % valid.length];
      const places = placesOf(input);
      const at = places[where % places.length]?.path ?? [];
      return JSON.parse(JSON.stringify(replaceAt(input, at, value)) ?? 'null') as unknown;
    });
    await fc.assert(
      fc.asyncProperty(place, async (input) => {
        const answer = await send(input);
        if (!answer) return;
        if (schema?.safeParse(input).success !== true) expectRefused(answer, input);
        else if (answer.status >= 400) expectRefused(answer, input);
        if (answer.status < 400) before = await rowsNow();
      }),
      { numRuns: 15 },
    );
    expect(await rowsNow()).toEqual(before);
  });

  test('hides what belongs to another workspace or partner, in every field', async () => {
    const before = await rowsNow();
    for (const input of valid) {
      const hidden = placesOf(input).filter(({ path: at }) => HIDDEN_IDS.includes(String(at.at(-1))));
      for (const { path: at } of hidden) {
        const random = await send(replaceAt(input, at, randomUUID()));
        for (const id of Object.values(scope === 'partner' ? otherPartner : globex)) {
          const foreign = await send(replaceAt(input, at, id));
          expect([path, at, foreign?.status]).toEqual([path, at, 404]);
          expect(foreign).toEqual(random);
        }
      }
    }
    expect(await rowsNow()).toEqual(before);
  });
});

test.each([
  'nothing.here',
  'auth',
  '__proto__',
  'auth.constructor',
  'auth.__proto__',
  '%00',
  'a%2fb',
  'x'.repeat(5_000),
])('refuses the unknown procedure %s', async (path) => {
  for (const type of ['query', 'mutation'] as const)
    expectRefusal(await api.call(path, type, {}, null), path);
});

test('refuses the wrong method', async () => {
  const cookie = await api.signIn('owner@acme.example');
  // A stream is refused inside the stream.
  for (const { path, type } of procedureTable.filter((entry) => entry.type !== 'subscription')) {
    const answer = await api.call(path, type === 'mutation' ? 'query' : 'mutation', {}, cookie);
    expectRefusal(answer, path);
    expect([path, answer.status]).toEqual([path, 405]);
  }
});
