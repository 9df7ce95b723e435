import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './root.mjs';

const STAMPS = path.join(ROOT, 'node_modules/.gangway');
const SKIPPED = new Set(['node_modules', 'dist', 'dist-types', 'generated', '.gangway', 'test-results']);

/** Whether the step was last completed with this very fingerprint. */
export async function isStamped(step, fingerprint) {
  const found = await readFile(path.join(STAMPS, step), 'utf8').catch(() => '');
  return found === fingerprint;
}

export async function writeStamp(step, fingerprint) {
  await mkdir(STAMPS, { recursive: true });
  await writeFile(path.join(STAMPS, step), fingerprint);
}

/** SHA-256 over the content of some files (those that exist). */
export async function fingerprintContent(files) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of files) {
    hash.update(`\n${file}\n`).update(await readFile(path.join(ROOT, file)).catch(() => ''));
  }
  return hash.digest('hex');
}

/** SHA-256 over names, sizes and times of everything below some folders: cheap, and changes with every edit. */
export async function fingerprintSources(folders) {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(folders.map(listFiles))).flat().toSorted()) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${path.relative(ROOT, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** All files below a folder of the repository (or the file itself), without what is built. */
export async function listFiles(folder) {
  const top = path.resolve(ROOT, folder);
  if ((await stat(top)).isFile()) return [top];
  const entries = await readdir(top, { withFileTypes: true });
  const lists = entries.map((entry) => {
    const file = path.join(top, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listFiles(file);
    return [file];
  });
  return (await Promise.all(lists)).flat();
}
