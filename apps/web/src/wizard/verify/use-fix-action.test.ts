import { expect, test } from 'vitest';
import { toFixing } from './use-fix-action.js';

test('a refused credential is replaced, a wrong target is edited, and what lies elsewhere is not mended here', () => {
  const after = (reasonCode: Parameters<typeof toFixing>[0]['reasonCode']) =>
    toFixing({ status: 'failed', reasonCode });
  expect(after('credential.invalid')).toBe('replace');
  expect(after('credential.expired')).toBe('replace');
  expect(after('tenant.wrong_cloud')).toBe('edit');
  expect(after('consent.missing')).toBeNull();
  expect(after('app.disabled')).toBeNull();
  expect(toFixing({ status: 'succeeded', reasonCode: null })).toBeNull();
});
