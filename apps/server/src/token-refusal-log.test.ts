import { expect, it } from 'vitest';
import { createTokenRefusalLog } from './token-refusal-log.js';

it('logs a line a minute for each issuer and check, with the number that came since', () => {
  let now = 0;
  const lines: unknown[] = [];
  const refused = createTokenRefusalLog({ warn: (line: unknown) => lines.push(line) }, () => now);
  const [a, b] = ['https://a.example', null];
  for (let count = 0; count < 5; count += 1) refused({ issuer: a, check: 'audience' });
  refused({ issuer: a, check: 'expiry' });
  refused({ issuer: b, check: 'issuer' });
  now += 59_999;
  refused({ issuer: a, check: 'audience' });
  now += 1;
  refused({ issuer: a, check: 'audience' });
  expect(lines).toEqual([
    { issuer: a, check: 'audience', since: 0 },
    { issuer: a, check: 'expiry', since: 0 },
    { issuer: b, check: 'issuer', since: 0 },
    { issuer: a, check: 'audience', since: 5 },
  ]);
});
