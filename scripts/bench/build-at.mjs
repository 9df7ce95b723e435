import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../lib/root.mjs';

/**
 * The product as it was at a commit, installed and built in a folder below the system's for temporary files, where it stays
 * for the next time. Gives that folder. Takes minutes the first time.
 */
export async function buildAt(commit) {
  const folder = path.join(tmpdir(), `gangway-bench-build-${commit}`);
  if (existsSync(path.join(folder, 'apps/web/dist/index.html'))) return folder;
  await mkdir(folder, { recursive: true });
  const run = (command, args, input) =>
    execFileSync(command, args, { cwd: folder, input, stdio: ['pipe', 'ignore', 'inherit'] });
  run('tar', ['-x'], archive(commit));
  console.log(`  Building ${commit} in ${folder}`);
  run('npx', ['--yes', 'pnpm@10.34.9', 'install', '--frozen-lockfile', '--prefer-offline']);
  run(process.execPath, ['scripts/build.mjs']);
  return folder;
}

function archive(commit) {
  try {
    return execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 2 ** 30 });
  } catch (error) {
    throw new Error(`This clone has no commit ${commit}: fetch the whole history first`, { cause: error });
  }
}
