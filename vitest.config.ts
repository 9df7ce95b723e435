import { defineConfig } from 'vitest/config';

// Sources run as they are: the condition `source` leads imports of @gangway/* to src instead of dist.
const conditions = ['source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'e2e/compatibility/**/*.test.ts',
    ],
    globalSetup: ['packages/db/src/test-postgres.ts'],
    setupFiles: ['scripts/test-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // An unhandled rejection fails the run by default; so does a test without an assertion.
    expect: { requireAssertions: true },
  },
});
