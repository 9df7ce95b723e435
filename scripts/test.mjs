// `npm test`: everything that judges the product, on a fresh clone as well: checks, unit and integration tests on a real
// PostgreSQL, both engines, and the built product in a real Chromium. The last line counts.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/root.mjs';
import { main, run, say } from './lib/run.mjs';

const RESULTS = path.join(ROOT, 'test-results');
const bin = (name) => path.join(ROOT, 'node_modules/.bin', name);
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];

await main(async () => {
  await ensureInstalled();
  await rm(RESULTS, { recursive: true, force: true });
  await mkdir(RESULTS, { recursive: true });
  const isBuilt = await build().then(
    () => true,
    (error) => console.error(error.message),
  );
  const checks = await runChecks();
  add({ passed: checks.passed, failed: checks.failed.length, skipped: 0 });
  notes.push(...checks.failed.map((title) => `${title}: failed`));
  await runVitest();
  if (isBuilt) await runPlaywright();
  else {
    add({ passed: 0, failed: 1, skipped: 0 });
    notes.push('The build failed, so nothing was tested end to end.');
  }
  notes.forEach((note) => console.log(note));
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});

function add(counts) {
  for (const kind of Object.keys(total)) total[kind] += counts[kind];
}

async function runVitest() {
  const without = hasTemporal()
    ? ''
    : 'Skipped: the tests on Temporal (no `temporal` on the PATH, no TEMPORAL_ADDRESS).';
  say(`Unit and integration tests. ${without}`);
  if (without) notes.push(without);
  const file = path.join(RESULTS, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run('Unit and integration tests', bin('vitest'), ['run', ...reporters], {
    check: false,
  });
  const report = await readReport(file);
  const failed = report ? report.numFailedTests + brokenFiles(report) : 0;
  add({
    passed: report?.numPassedTests ?? 0,
    failed,
    skipped: report ? report.numPendingTests + report.numTodoTests : 0,
  });
  if (code !== 0 && failed === 0)
    addFailure('Unit and integration tests ended with an error outside of a test.');
}

/** Whether there is a server for the tests of the Temporal engine, or the program that starts one. */
function hasTemporal() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return (
    Boolean(process.env.TEMPORAL_ADDRESS) ||
    folders.some((folder) => existsSync(path.join(folder, 'temporal')))
  );
}

/** Files that could not be loaded: they count as one failure each, because they hold no test that could fail. */
function brokenFiles(report) {
  return report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    .length;
}

async function runPlaywright() {
  const chromium = await findChromium();
  if (!chromium) {
    addFailure(
      'No Chromium was found, and none could be installed: `apt-get install chromium`, or set CHROMIUM_PATH.',
    );
    return;
  }
  say(`End-to-end tests in ${chromium}`);
  const args = ['test', '--config', 'e2e/playwright.config.ts'];
  const { code } = await run('End-to-end tests', bin('playwright'), args, {
    check: false,
    env: { CHROMIUM_PATH: chromium, TEMPORAL_ADDRESS: '' },
  });
  const report = await readReport(path.join(RESULTS, 'e2e.json'));
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = report?.stats ?? {};
  add({ passed: expected + flaky, failed: unexpected, skipped });
  if (code !== 0 && unexpected === 0)
    addFailure('The end-to-end tests ended with an error outside of a test.');
}

function addFailure(note) {
  add({ passed: 0, failed: 1, skipped: 0 });
  notes.push(note);
}

async function readReport(file) {
  return readFile(file, 'utf8').then(JSON.parse, () => null);
}
