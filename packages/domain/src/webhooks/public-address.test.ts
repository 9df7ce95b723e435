import { expect, test } from 'vitest';
import { isPublicAddress } from './public-address.js';

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['2001:db8::1', false],
  ['64:ff9b::a00:1', false],
  ['nonsense', false],
])('%s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
