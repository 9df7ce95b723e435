import { expect, test } from 'vitest';
import { isProxied } from './webhook-proxy.js';

test.each([
  ['::1', 'http://[::1]:3000/', false],
  ['[::1]', 'http://[::1]:3000/', false],
  ['[::1]:3000', 'http://[::1]:3000/', false],
  ['[::1]:80', 'http://[::1]:3000/', true],
  ['2001:DB8::5', 'https://[2001:db8::5]/', false],
  ['2001:db8::5', 'https://[2001:db8::6]/', true],
  ['10.0.0.9', 'http://10.0.0.9:8080/', false],
  ['hooks.example:443,', 'https://hooks.example/', false],
])('NO_PROXY=%s, and %s goes through the proxy: %s', (exceptions, url, expected) => {
  expect(isProxied(new URL(url), { url: 'http://proxy.example:3128', exceptions })).toBe(expected);
});
