import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { ROOT } from '../../../../scripts/lib/root.mjs';

/** What speaks SQL: migrations and transactions, the embedded engine, the domain, and the core of the API over all of it. */
const TESTS = [
  'packages/db/src/client',
  'packages/db/src/migrate',
  'packages/db/src/schema-agreement',
  'packages/engine/src/embedded/database-faults',
  'packages/engine/src/embedded/engine',
  'packages/engine/src/store',
  'packages/domain/src/access',
  'packages/domain/src/auth',
  'packages/domain/src/denials',
  'packages/domain/src/housekeeping',
  'packages/domain/src/limits',
  'packages/domain/src/mail/deliver-mail',
  'packages/domain/src/provisioning',
  'packages/domain/src/webhooks',
  'packages/api/src/auth.test.ts',
  'packages/api/src/authorization.test.ts',
  'packages/api/src/onboarding',
  'packages/api/src/operations',
  'packages/api/src/rest/create-tenant',
  'packages/api/src/rest/idempotency',
  'packages/api/src/rest/lifecycle',
];

/** The row of our own tests on one version. */
export async function passesTests(context, nativeDir, version) {
  const checked =
    'tests of migrations, transactions, the embedded engine, the domain and the core of the API';
  return context.attempt({ name: 'PostgreSQL: tests', version, checked }, async () => {
    const report = path.join(context.folder, `tests-${version}.json`);
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
    const { code, stdout } = await context.run(
      path.join(ROOT, 'node_modules/.bin/vitest'),
      ['run', ...TESTS, '--maxWorkers=1', ...reporters],
      { cwd: ROOT, env: { GANGWAY_TEST_POSTGRES_DIR: nativeDir }, check: false, timeoutMs: 40 * 60_000 },
    );
    const { numPassedTests, testResults } = JSON.parse(await readFile(report, 'utf8'));
    if (code === 0) return `${numPassedTests} tests passed`;
    console.error(stdout.slice(-20_000));
    const failed = testResults
      .flatMap((file) => file.assertionResults)
      .filter(({ status }) => status === 'failed');
    throw new Error(failed.map(({ fullName }) => fullName).join('; ') || `vitest ended with ${code}`);
  });
}
