import path from 'node:path';
import { ROOT } from './root.mjs';
import { run, say } from './run.mjs';

const bin = (name) => path.join(ROOT, 'node_modules/.bin', name);

/** What can be judged without running anything; none of it needs a database. */
const CHECKS = [
  { title: 'Formatting', command: bin('prettier'), args: ['--check', '--log-level', 'warn', '.'] },
  { title: 'Lint', command: bin('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { title: 'Types', command: bin('tsc'), args: ['-b'] },
  { title: 'Types of tools and end-to-end tests', command: bin('tsc'), args: ['-p', 'tsconfig.tools.json'] },
  { title: 'Direction of imports', command: process.execPath, args: ['scripts/check-imports.mjs'] },
  { title: 'Documentation', command: process.execPath, args: ['scripts/docs.mjs', '--check'] },
];

/** Runs all of them, also after one failed, so that everything is seen at once. Returns the titles of the failed. */
export async function runChecks() {
  const failed = [];
  for (const { title, command, args } of CHECKS) {
    say(title);
    const { code } = await run(title, command, args, { check: false });
    if (code !== 0) failed.push(title);
  }
  return { passed: CHECKS.length - failed.length, failed };
}
