import { expect, test } from 'vitest';
import { toMending } from './use-mend-action.js';

test('a refused credential is replaced, a wrong target is edited, and what lies elsewhere is not mended here', () => {
  const after = (reasonCode: Parameters<typeof toMending>[0]['reasonCode']) =>
    toMending({ status: 'failed', reasonCode });
  expect(after('credential.invalid')).toBe('replace');
  expect(after('credential.expired')).toBe('replace');
  expect(after('tenant.wrong_cloud')).toBe('edit');
  expect(after('consent.missing')).toBeNull();
  expect(after('app.disabled')).toBeNull();
  expect(toMending({ status: 'succeeded', reasonCode: null })).toBeNull();
});
