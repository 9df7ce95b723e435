import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findProgram } from './find-program.js';

// The files that others read, by the schemas of those others. Programs that are not here are skipped: `.ci/run` installs them.

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const schema = (name: string) => ['--builtin-schema', `vendor.${name}`];

test.for<readonly [file: string, program: string, options: readonly string[]]>([
  ['compose.yaml', 'check-jsonschema', schema('compose-spec')],
  ['.github/workflows/ci.yml', 'check-jsonschema', schema('github-workflows')],
  ['.github/ISSUE_TEMPLATE/bug.yml', 'check-jsonschema', schema('github-issue-forms')],
  ['.github/ISSUE_TEMPLATE/proposal.yml', 'check-jsonschema', schema('github-issue-forms')],
  ['.github/ISSUE_TEMPLATE/config.yml', 'check-jsonschema', schema('github-issue-config')],
  ['renovate.json', 'check-jsonschema', schema('renovate')],
  ['deploy/kubernetes/gangway.yaml', 'kubernetes-validate', ['--strict']],
  ['Dockerfile', 'hadolint', []],
  ['deploy/systemd/gangway.service', 'systemd-analyze', ['verify']],
])('%s is right for %s', ([file, name, options], { skip }) => {
  const program = findProgram(name);
  if (program === null) return skip(`${name} is not installed`);
  const { status, stdout, stderr } = spawnSync(program, [...options, file], { cwd: ROOT, encoding: 'utf8' });
  // systemd-analyze only warns of a key that it does not know.
  const isFine = status === 0 && (name !== 'systemd-analyze' || stderr === '');
  expect(isFine ? '' : stdout + stderr).toBe('');
});
