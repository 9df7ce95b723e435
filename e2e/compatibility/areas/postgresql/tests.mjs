import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { ROOT } from '../../../../scripts/lib/root.mjs';

/** What speaks SQL: migrations and transactions, the embedded engine, the domain, and the API over all of it. */
const TESTS = [
  'packages/db/src/client',
  'packages/db/src/migrate',
  'packages/db/src/privacy',
  'packages/db/src/schema-agreement',
  'packages/engine/src/embedded/engine',
  'packages/engine/src/embedded/database-faults',
  'packages/engine/src/store',
  'packages/engine/src/watch',
  'packages/domain',
  'packages/api/src/auth.test.ts',
  'packages/api/src/authorization',
  'packages/api/src/audit',
  'packages/api/src/onboarding',
  'packages/api/src/operations',
  'packages/api/src/provisioning',
  'packages/api/src/rest/create-tenant',
  'packages/api/src/rest/idempotency',
  'packages/api/src/rest/lifecycle',
  'packages/api/src/rest/operation-runs',
];

/** The row of our own tests on one version. */
export async function passesTests(context, nativeDir, version) {
  const checked =
    'the tests of `packages/db`, the embedded engine, `packages/domain` and the core of `packages/api`';
  return context.attempt({ name: 'PostgreSQL: tests', version, checked }, async () => {
    const report = path.join(context.folder, `tests-${version}.json`);
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const { code, stdout } = await context.run(
      path.join(ROOT, 'node_modules/.bin/vitest'),
      ['run', ...TESTS, '--maxWorkers=1', ...reporters],
      { cwd: ROOT, env: { GANGWAY_TEST_POSTGRES_DIR: nativeDir }, check: false, timeoutMs: 40 * 60_000 },
    );
    const { numPassedTests, numFailedTests, numTotalTests } = JSON.parse(await readFile(report, 'utf8'));
    if (code !== 0) {
      console.error(stdout.slice(-20_000));
      throw new Error(`${numFailedTests} of ${numTotalTests} tests`);
    }
    return `${numPassedTests} tests passed`;
  });
}
