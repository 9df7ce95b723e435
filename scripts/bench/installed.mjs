import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Installs packages of npm, named with their versions, in a folder below the system's for temporary files, where they
 * stay for the next time. Gives a function that imports from them.
 */
export async function installed(...packages) {
  const name = packages.join('-').replaceAll(/[^a-z0-9.]+/gi, '-');
  const folder = path.join(tmpdir(), `gangway-bench-npm-${name}`);
  const lockfile = path.join(folder, 'package-lock.json');
  if (!existsSync(lockfile)) {
    await mkdir(folder, { recursive: true });
    const flags = ['install', '--prefix', folder, '--no-audit', '--no-fund'];
    execFileSync('npm', [...flags, ...packages], { stdio: 'ignore' });
  }
  const require = createRequire(path.join(folder, 'package.json'));
  return (entry) => import(pathToFileURL(require.resolve(entry)).href);
}
