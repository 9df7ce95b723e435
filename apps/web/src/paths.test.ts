import { expect, test } from 'vitest';
import { paths, toLocalPath } from './paths.js';

test.each(['/w/acme/runs', '/w/acme/onboarding/new?x=1', '/'])('%s is a way back', (path) => {
  expect(toLocalPath(path)).toBe(path);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n\\evil.example',
  '/w/acme\r\n',
  'javascript:alert(1)',
  '',
  undefined,
  7,
])('%s leads home instead', (value) => {
  expect(toLocalPath(value)).toBe('/');
});

test('filters that are not set leave no trace in the address', () => {
  expect(paths.runs('acme', { status: 'failed', type: undefined })).toBe('/w/acme/runs?status=failed');
  expect(paths.runs('acme')).toBe('/w/acme/runs');
});
