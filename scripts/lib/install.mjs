import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { run, say } from './run.mjs';
import { fingerprintContent, isStamped, writeStamp } from './stamp.mjs';

/** Installs what the lockfile names, unless it is installed. npm is all it needs: pnpm comes through npx. */
export async function ensureInstalled() {
  const fingerprint = await fingerprintContent([
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    ...(await listManifests()),
  ]);
  const isThere = await stat(path.join(ROOT, 'node_modules/.pnpm')).catch(() => null);
  if (isThere && (await isStamped('install', fingerprint))) return;
  const { packageManager } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  say(`Installing dependencies with ${packageManager} (the first time takes a minute or two)`);
  const args = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
  await run('Installing dependencies', 'npx', ['--yes', packageManager, ...args]);
  await writeStamp('install', fingerprint);
}

async function listManifests() {
  const folders = await Promise.all(
    ['packages', 'apps'].map(async (group) =>
      (await readdir(path.join(ROOT, group))).map((name) => `${group}/${name}`),
    ),
  );
  return ['', 'e2e', ...folders.flat().toSorted()].map((folder) => path.posix.join(folder, 'package.json'));
}
