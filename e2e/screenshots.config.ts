import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/** Pictures for the docs: `pnpm screenshots`. They are looked at by a person, and compared with nothing. */
export default defineConfig({
  ...base,
  testDir: 'screenshots',
  testMatch: '*.shots.ts',
  workers: 1,
  reporter: 'list',
  outputDir: '../test-results/screenshots',
  use: {
    ...base.use,
    viewport: { width: 960, height: 780 },
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
  },
});
