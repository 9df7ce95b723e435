import { expect, test } from 'vitest';
import { toPortalLink } from './portal-link.js';

test('a link leads to the admin centre of the cloud', () => {
  expect(toPortalLink('permission.missing', 'usgov', 'abc')).toBe(
    'https://entra.microsoft.us/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/abc',
  );
});

test('the emulator has no admin centre, and not every cause is mended there', () => {
  expect(toPortalLink('permission.missing', 'sandbox', 'abc')).toBeNull();
  expect(toPortalLink('network.timeout', 'global', 'abc')).toBeNull();
});
