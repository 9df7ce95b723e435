import { randomUUID } from 'node:crypto';
import { REASON_CODES, REASONS } from '@gangway/contract/reason-codes';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appRouter } from './app-router.js';
import { procedureTable } from './procedure-table.js';
import { startTestApi, type Answer, type TestApi } from './test-api.js';
import { placesOf, replaceAt, validInputs, without, type Path } from './test-inputs.js';
import { furnish, furnishPartner, type PartnerPlace, type Place } from './test-place.js';

// Inputs are made from the schemas, so that a new procedure is covered by existing. What the schema refuses, and what
// no schema may accept, is answered with 4xx in the one error shape, and changes no row.

const BOUND_MS = 5_000;
/** A request line holds no more: longer inputs are for bodies only. */
const QUERY_BOUND = 12_000;

let api: TestApi;
let acme: Place;
let globex: Place;
let partner: { bearer: string; place: PartnerPlace };

beforeAll(async () => {
  api = await startTestApi();
  acme = await furnish(api, 'acme');
  globex = await furnish(api, 'globex');
  partner = await furnishPartner(api);
});
afterAll(() => api.close());

/** How a refusal looks, and nothing beside. */
const refusal = z.strictObject({
  message: z.enum(REASON_CODES.map((code) => REASONS[code].title)),
  code: z.number().int(),
  data: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    httpStatus: z.number().int().min(400).max(499),
    reasonCode: z.enum(REASON_CODES),
    requestId: z.string().min(1),
    fieldErrors: z
      .array(z.strictObject({ field: z.string(), message: z.string() }))
      .max(20)
      .optional(),
    conflict: z
      .strictObject({ version: z.number(), updatedBy: z.string(), updatedAt: z.iso.datetime() })
      .optional(),
    capability: z.string().optional(),
    roles: z.array(z.string()).optional(),
    holders: z.array(z.string()).max(5).optional(),
    retryAfter: z.number().optional(),
  }),
});

/** Words of a library, a stack, a statement or a path: none belongs in an answer. */
const LEAKED =
  /\.[cm]?[jt]s:\d|node_modules|prisma|\bzod\b|\bSELECT\b|\bINSERT\b|SQLSTATE|Invalid input|Unrecognized key|Too (big|small)|received |ECONN|"stack"/i;

function expectRefusal(answer: Answer, sent: unknown): void {
  const shown = JSON.stringify(sent)?.slice(0, 300);
  expect(answer.status, `${shown} -> ${answer.body.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${shown} -> ${answer.body.slice(0, 300)}`).toBeLessThan(500);
  const text = answer.body.startsWith('{')
    ? answer.body
    : (/data: (\{"message.*\}|\{"code.*\})/.exec(answer.body)?.[1] ?? '');
  const parsed = JSON.parse(text) as unknown;
  const error = refusal.parse(
    typeof parsed === 'object' && parsed && 'error' in parsed ? parsed.error : parsed,
  );
  expect(error.data.httpStatus).toBe(answer.status);
  expect(text).not.toMatch(LEAKED);
  expect(answer.body.length).toBeLessThan(10_000);
}

/** All rows of all tables as one hash per table; not what a refusal itself writes: the denial, and when one was seen. */
async function rowsNow(): Promise<unknown> {
  const { prisma } = api.house.db;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('browser_sessions', '_prisma_migrations')`;
  const one = ({ name }: { name: string }) =>
    `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM "${name}" t` +
    (name === 'audit_events' ? ` WHERE outcome = 'allowed' AND action <> 'auth.signIn'` : '');
  return prisma.$queryRawUnsafe(`${tables.map(one).join(' UNION ALL ')} ORDER BY name`);
}

const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { deeper: value };
  return value;
};
const crowd = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key${index}`, index]));
const OTHER_TYPES = [null, true, 7, 'text', '', [], {}, [[]], [null], { length: 1 }, nested(1_000)];
const OTHER_NUMBERS = [-1, 0, 1.5, 2 ** 31, 2 ** 53, 1e21, 1.7e308, '1', '1e3', 'NaN'];
const BROKEN_JSON = [
  '{',
  '"',
  'NaN',
  '{"a":1,}',
  "{'a':1}",
  '\u0000',
  '[]',
  '[{}]',
  '['.repeat(100_000),
  '[{"a":'.repeat(50_000),
];
BROKEN_JSON.push(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
/** What no field takes. */
const BROKEN_TEXT = ['a\u0000b', '\u0000', 'a\ud800b', '\udfff', 'x'.repeat(10_000), '\u00e9'.repeat(10_000)];
/** What only a secret may hold: right-to-left override, marks, zero-width, soft hyphen, line ends, tags. */
const INVISIBLE = [
  '\u202e',
  '\u200f',
  '\u061c',
  '\u2066',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u2060',
  '\u3164',
  '\r\n',
  '\u{e0041}',
];
const INVISIBLE_TEXT = INVISIBLE.map((character) => `ab${character}cd`);
const SECRETS = new Set([
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'clientSecret',
  'certificatePem',
  'privateKeyPem',
]);
const EXTRA_KEYS = ['nonsense', '__proto__', 'constructor', 'ownerId', 'x'.repeat(5_000), ''];

type Placed = ReturnType<typeof placesOf>[number];

/** Inputs that must be refused, whatever the schema says, and those that it refuses. */
function badInputs(schema: z.ZodType, valid: unknown, places: readonly Placed[]): unknown[] {
  const isRefused = (input: unknown) => !schema.safeParse(input).success;
  const swapped = (values: readonly unknown[], at: readonly { path: Path }[]) =>
    at.flatMap(({ path }) => values.map((value) => replaceAt(valid, path, value)));
  const texts = places.filter(({ value }) => typeof value === 'string');
  const names = texts.filter(({ path }) => !SECRETS.has(String(path.at(-1))));
  const numbers = places.filter(({ value }) => typeof value === 'number');
  const objects = places.filter(
    ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return [
    ...swapped(BROKEN_TEXT, texts),
    ...swapped(INVISIBLE_TEXT, names),
    ...objects.flatMap(({ path }) =>
      EXTRA_KEYS.map((key) => replaceAt(valid, [...path, key], { polluted: true })),
    ),
    ...swapped(OTHER_TYPES, places).filter(isRefused),
    ...swapped(OTHER_NUMBERS, numbers).filter(isRefused),
    ...swapped([2 ** 31, 2 ** 53, 1e21], numbers),
    ...objects
      .flatMap(({ path, value }) =>
        Object.keys(Object(value)).map((key) => replaceAt(valid, path, without(Object(value), key))),
      )
      .filter(isRefused),
  ];
}

const HIDDEN_IDS = [
  'workspaceId',
  'managedTenantId',
  'onboardingSessionId',
  'providerConnectionId',
  'operationRunId',
  'userId',
  'sessionId',
];

describe.each(procedureTable.map((entry) => [entry.path, entry] as const))('%s', (path, { type, scope }) => {
  const procedure = Reflect.get(appRouter._def.procedures, path) as { _def: { inputs: z.ZodType[] } };
  const [schema] = procedure._def.inputs;
  let cookie = '';
  let valid: unknown[] = [];

  beforeEach(async () => {
    cookie = scope === 'partner' ? partner.bearer : await api.signIn('owner@acme.example');
    valid = schema ? validInputs(schema, { ...acme, ...partner.place, slug: 'acme' }) : [];
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
    const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
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
      if (answer) expectRefusal(answer, input);
    }
    expect(await rowsNow()).toEqual(before);
  });

  test('refuses depth, crowds and what is no JSON', async () => {
    const before = await rowsNow();
    const [least] = valid;
    const crowds = [
      nested(1_000),
      { ...crowd, ...Object(least) },
      replaceAt(least, ['extra'], nested(1_000)),
    ];
    for (const input of type === 'mutation' ? crowds : [nested(500)]) {
      const answer = await send(input);
      if (answer) expectRefusal(answer, 'a crowd');
    }
    for (const text of type === 'mutation' ? BROKEN_JSON : [])
      expectRefusal(await api.callWithText(path, text, cookie), text);
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
        if (schema?.safeParse(input).success !== true) expectRefusal(answer, input);
        else if (answer.status >= 400) expectRefusal(answer, input);
        if (answer.status < 400) before = await rowsNow();
      }),
      { numRuns: 25 },
    );
    expect(await rowsNow()).toEqual(before);
  });

  test('hides what belongs to another workspace, in every field', async () => {
    const before = await rowsNow();
    for (const input of valid) {
      const hidden = placesOf(input).filter(({ path: at }) => HIDDEN_IDS.includes(String(at.at(-1))));
      for (const { path: at } of hidden) {
        const random = await send(replaceAt(input, at, randomUUID()));
        for (const id of Object.values(globex)) {
          const foreign = await send(replaceAt(input, at, id));
          expect([path, at, foreign?.status]).toEqual([path, at, scope === 'public' ? 401 : 404]);
          expect(foreign).toEqual(random);
        }
      }
    }
    expect(await rowsNow()).toEqual(before);
  });
});
