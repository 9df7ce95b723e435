import { expect, test } from 'vitest';
import { isAskable, recogniseSlip, suggestName } from './read-domain.js';

test.each(['contoso.com', 'a-b.contoso.onmicrosoft.com', '161ba2aa-3e7a-593f-817f-70c796e88b6f'])(
  '%s is asked about',
  (typed) => {
    expect(isAskable(typed)).toBe(true);
  },
);

test.each(['', 'contoso', 'contoso.', 'https://contoso.com', 'me@contoso.com', '161ba2aa-3e7a'])(
  '%s is not',
  (typed) => {
    expect(isAskable(typed)).toBe(false);
  },
);

test('a pasted e-mail address or web address is recognised with its domain', () => {
  expect(recogniseSlip('me@contoso.com')).toEqual({ kind: 'email', domain: 'contoso.com' });
  expect(recogniseSlip('https://www.contoso.com/en?x=1')).toEqual({ kind: 'url', domain: 'contoso.com' });
  expect(recogniseSlip('contoso.com/path')).toEqual({ kind: 'url', domain: 'contoso.com' });
  expect(recogniseSlip('contoso.com')).toBeNull();
});

test('a name is suggested from the domain', () => {
  expect(suggestName('contoso.onmicrosoft.com')).toBe('Contoso');
  expect(suggestName(null)).toBe('');
});
