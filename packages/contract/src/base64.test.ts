import { expect, test } from 'vitest';
import { isBase64 } from './base64.js';

test.each(['QQ==', 'QUI=', 'QUJD', ' QU\r\nJD\n', 'QQ=\n=\n', '\ufeffQUJD'])('%j is base64', (text) => {
  expect(isBase64(text)).toBe(true);
});

test.each(['', ' \n', 'QQ===', 'Q=Q', 'Q-_Q', 'data:;base64,QQ=='])('%j is not', (text) => {
  expect(isBase64(text)).toBe(false);
});

// Each takes minutes if a blank may belong to more than one part of the pattern.
test.each([' ', '= ', 'A \n', '='])('a long text of %j with a wrong end is rejected', (part) => {
  expect(isBase64(`A${part.repeat(300_000)}!`)).toBe(false);
});
