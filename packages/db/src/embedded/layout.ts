import { randomBytes, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmod, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SystemUser } from './system-user.js';

/** Where root keeps what the user postgres cannot reach elsewhere. */
export const SHARED_DIR = '/var/lib/gangway';

/** The files of one embedded PostgreSQL. */
export interface Layout {
  /** `DATA_DIR/postgres`: passwords, port, log. */
  readonly homeDir: string;
  /** PostgreSQL's own data directory: in `homeDir`, or in SHARED_DIR when its user cannot enter there. */
  readonly clusterDir: string;
  readonly logFile: string;
  readonly portFile: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

export async function prepareLayout(
  dataDir: string,
  user: SystemUser | null,
  log: (message: string) => void,
): Promise<Layout> {
  // Others may pass through, not look around: PostgreSQL's own user has to get to its directory when we are root.
  const mode = user ? 0o711 : 0o700;
  const homeDir = path.join(path.resolve(dataDir), 'postgres');
  await mkdir(dataDir, { recursive: true, mode });
  await mkdir(homeDir, { recursive: true, mode });
  return {
    homeDir,
    clusterDir: await chooseClusterDir(homeDir, user, log),
    logFile: path.join(homeDir, 'postgres.log'),
    portFile: path.join(homeDir, 'port'),
    ownerPassword: await readOrCreate(path.join(homeDir, 'owner.password'), newPassword),
    appPassword: await readOrCreate(path.join(homeDir, 'app.password'), newPassword),
  };
}

async function chooseClusterDir(
  homeDir: string,
  user: SystemUser | null,
  log: (message: string) => void,
): Promise<string> {
  if (!user) return path.join(homeDir, 'cluster');
  if (!canEnter(homeDir, user)) await letOthersPass(path.dirname(homeDir));
  if (canEnter(homeDir, user)) return path.join(homeDir, 'cluster');
  // A new DATA_DIR must not meet the cluster, and the passwords, of an older one of the same name.
  const clusterDir = await readOrCreate(path.join(homeDir, 'cluster-location'), () => {
    const dir = path.join(SHARED_DIR, randomUUID(), 'cluster');
    log(`The user ${user.name} cannot enter ${homeDir}: the database is kept in ${dir}`);
    return dir;
  });
  await mkdir(path.dirname(clusterDir), { recursive: true, mode: 0o711 });
  return clusterDir;
}

const OURS = new Set(['postgres', 'auth.keys', 'encryption.keys']);

/** A DATA_DIR that holds nothing but ours may be passed through; what is in it stays closed. */
async function letOthersPass(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir);
  if (entries.every((name) => OURS.has(name))) await chmod(dataDir, 0o711);
}

function canEnter(dir: string, user: SystemUser): boolean {
  const result = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', dir], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  });
  return result.status === 0;
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The trimmed content of a file that only we can read. Of servers that start at once the first one makes it. */
async function readOrCreate(file: string, create: () => string): Promise<string> {
  const found = await readFile(file, 'utf8').catch(() => null);
  if (found !== null) return found.trim();
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${create()}\n`, { mode: 0o600 });
  await link(draft, file).catch(() => undefined); // it exists by now: then that one counts
  await rm(draft, { force: true });
  return (await readFile(file, 'utf8')).trim();
}
