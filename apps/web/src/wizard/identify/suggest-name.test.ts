import { expect, test } from 'vitest';
import { suggestName } from './suggest-name.js';

test('a name is suggested from the domain', () => {
  expect(suggestName('contoso.onmicrosoft.com')).toBe('Contoso');
  expect(suggestName(null)).toBe('');
});
