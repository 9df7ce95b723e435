import type { Connection } from '@gangway/contract/connections';
import { expect, test } from 'vitest';
import { unusedName } from './unused-name.js';

test('a further connection is called like none before it', () => {
  const named = (...names: string[]) => names.map((displayName) => ({ displayName }) as Connection);
  expect(unusedName('Contoso', [])).toBe('Contoso');
  expect(unusedName('Contoso', named('Sandbox app'))).toBe('Contoso');
  expect(unusedName('Contoso', named('Contoso'))).toBe('Contoso 2');
  expect(unusedName('Contoso', named('Contoso 2', 'Contoso'))).toBe('Contoso 3');
});
