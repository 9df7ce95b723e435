import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What is built, installed, generated or of no use to a compiler. */
const LEFT_OUT = new Set([
  ...[
    '.git',
    '.gangway',
    'node_modules',
    'dist',
    'dist-types',
    'generated',
    'test-results',
    'playwright-report',
  ],
  ...['databases', 'histories', 'findings'],
]);

/**
 * Copies the sources of the repository. What is installed is linked, but for the packages of the repository itself: those lead
 * into the copy.
 */
export async function copyRepository(copy: string): Promise<void> {
  await cp(ROOT, copy, { recursive: true, filter: (file) => !LEFT_OUT.has(path.basename(file)) });
  const groups = await Promise.all(
    ['packages', 'apps'].map(async (group) =>
      (await readdir(path.join(ROOT, group))).map((name) => path.join(group, name)),
    ),
  );
  for (const folder of ['', ...groups.flat()]) await linkInstalled(copy, path.join(folder, 'node_modules'));
}

async function linkInstalled(copy: string, folder: string): Promise<void> {
  await mkdir(path.join(copy, folder), { recursive: true });
  for (const name of await readdir(path.join(ROOT, folder))) {
    if (name === '.gangway') continue; // what the scripts have done already
    if (name !== '@gangway') await symlink(path.join(ROOT, folder, name), path.join(copy, folder, name));
    else await linkOurs(copy, path.join(folder, name));
  }
}

async function linkOurs(copy: string, folder: string): Promise<void> {
  await mkdir(path.join(copy, folder));
  for (const name of await readdir(path.join(ROOT, folder)))
    await symlink(path.join(copy, 'packages', name), path.join(copy, folder, name));
}
