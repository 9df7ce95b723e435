import { expect, test } from 'vitest';
import { toPreferredWait } from './preferred-wait.js';

test.each([
  ['wait=10', 10],
  ['respond-async, wait=12', 12],
  ['Wait = "7"', 7],
  ['wait=5; trace', 5],
  ['foo="a, wait=5", wait=3', 3],
  ['foo="a \\", wait=5", wait=3', 3],
  ['foo; bar="wait=5", wait=4', 4],
  [', , wait=8', 8],
  ['wait=4, wait=9', 4],
  ['wait=60', 60],
  ['wait=61', 60],
  [`wait=${'9'.repeat(400)}`, 60],
  ['wait=00', null],
  ['wait=0', null],
  ['wait=-1', null],
  ['wait=1.5', null],
  ['wait=1e1', null],
  ['wait', null],
  ['wait=', null],
  ['wait; foo=5', null],
  ['wait=soon, wait=9', null],
  ['await=9, waiting=9', null],
  ['foo="wait=9', null],
  ['', null],
  [undefined, null],
])('%j is a wait of %j seconds', (header, seconds) => {
  expect(toPreferredWait(header)).toBe(seconds);
});
