import { expect, test } from 'vitest';
import { toDuration, toRelative } from './when.js';

const now = Date.parse('2026-05-03T12:00:00Z');

test.each([
  ['2026-05-03T11:59:58Z', 'just now'],
  ['2026-05-03T11:58:00Z', '2 minutes ago'],
  ['2026-05-03T10:00:00Z', '2 hours ago'],
  ['2026-05-02T11:00:00Z', 'yesterday'],
  ['2026-05-06T12:00:00Z', 'in 3 days'],
])('%s is %s', (at, said) => {
  expect(toRelative(at, now)).toBe(said);
});

test('durations are said in the unit that fits', () => {
  expect(toDuration(840)).toBe('840 ms');
  expect(toDuration(4_200)).toBe('4 s');
  expect(toDuration(200_000)).toBe('3 min 20 s');
});
