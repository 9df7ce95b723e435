import type { z } from 'zod';
import { replaceAt, without, type Path, type placesOf } from './test-inputs.js';

/** Objects and lists in each other, so deep. */
export const nested = (depth: number): unknown => {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { deeper: value };
  return value;
};
const CROWD = Array.from({ length: 100_000 }, (_, index) => `"key${index}":${index}`).join(',');
/** The text of an input with a hundred thousand keys more. */
export function crowded(input: unknown): string {
  const text = JSON.stringify(input);
  return text === '{}' ? `{${CROWD}}` : `${text.slice(0, -1)},${CROWD}}`;
}
const OTHER_TYPES = [null, true, 7, 'text', '', [], {}, [[]], [null], { length: 1 }, nested(100)];
const OTHER_NUMBERS = [-1, 0, 1.5, 2 ** 31, 2 ** 53, 1e21, 1.7e308, '1', '1e3', 'NaN'];
/** Longer than any list may be, and each entry of it wrong. */
const LONG_LISTS = [7, 'nonsense', {}].map((entry) => Array.from({ length: 5_000 }, () => entry));
/** Bodies that are no JSON, or no input. */
export const BROKEN_JSON = [
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
  '['.repeat(100_000) + ']'.repeat(100_000),
];
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
/** The text with a character before its last: all of its form but that. */
const pierced = (text: string, character: string): string => text.slice(0, -1) + character + text.slice(-1);
const SECRETS = new Set([
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'clientSecret',
  'certificatePem',
  'pfx',
  'passphrase',
  'privateKeyPem',
]);
const EXTRA_KEYS = ['nonsense', '__proto__', 'constructor', 'ownerId', 'x'.repeat(5_000), ''];

type Placed = ReturnType<typeof placesOf>[number];

/** Inputs that must be refused, whatever the schema says, and those that it refuses; each differs from a valid one at one place. */
export function badInputs(schema: z.ZodType, valid: unknown, places: readonly Placed[]): unknown[] {
  const isRefused = (input: unknown) => !schema.safeParse(input).success;
  const swapped = (values: readonly unknown[], at: readonly { path: Path }[]) =>
    at.flatMap(({ path }) => values.map((value) => replaceAt(valid, path, value)));
  const texts = places.filter(({ value }) => typeof value === 'string');
  const names = texts.filter(({ path }) => !SECRETS.has(String(path.at(-1))));
  const numbers = places.filter(({ value }) => typeof value === 'number');
  const objects = places.filter(
    ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const lists = places.filter(({ path, value }) => path.length > 0 && Array.isArray(value));
  return [
    ...swapped(LONG_LISTS, lists),
    ...swapped(BROKEN_TEXT, texts),
    ...swapped(
      INVISIBLE.map((character) => `ab${character}cd`),
      names,
    ),
    ...texts.flatMap(({ path, value }) =>
      ['\u0000', '\ud800', ...(names.some((name) => name.path === path) ? INVISIBLE : [])].map((character) =>
        replaceAt(valid, path, pierced(String(value), character)),
      ),
    ),
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
