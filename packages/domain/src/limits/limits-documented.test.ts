import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CALLS_PER_MINUTE } from './call-limits.js';
import { LIMITS } from './limits.js';
import { OBJECT_LIMITS } from './object-limits.js';
import { STREAMS_AT_ONCE } from './stream-limits.js';

const page = await readFile(new URL('../../../../docs/limits.md', import.meta.url), 'utf8');

/** The rows of all tables of the page, by the name of the limit. */
const rows = new Map(
  page.split('\n').flatMap((line): [string, string[]][] => {
    const [name = '', ...cells] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const [, limit] = /^`([\w.]+)`$/.exec(name) ?? [];
    return limit === undefined ? [] : [[limit, cells]];
  }),
);

const toTime = (seconds: number) => (seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`);

test('docs/limits.md lists every limit with its value, and no other', () => {
  const known: [string, string[]][] = [
    ...Object.entries(CALLS_PER_MINUTE).map(([caller, calls]): [string, string[]] => [
      `calls.${caller}`,
      [String(calls)],
    ]),
    ...Object.entries(STREAMS_AT_ONCE).map(([owner, streams]): [string, string[]] => [
      `streams.${owner}`,
      [String(streams)],
    ]),
    ...Object.entries(OBJECT_LIMITS).map(([kind, { max }]): [string, string[]] => [kind, [String(max)]]),
    ...Object.entries(LIMITS).map(([name, { points, seconds }]): [string, string[]] => [
      name,
      [String(points), toTime(seconds)],
    ]),
  ];
  expect([...rows.keys()].sort()).toEqual(known.map(([name]) => name).sort());
  for (const [name, cells] of known)
    expect([name, rows.get(name)?.slice(0, cells.length)]).toEqual([name, cells]);
  for (const { reasonCode } of Object.values(OBJECT_LIMITS)) expect(page).toContain(`\`${reasonCode}\``);
});
