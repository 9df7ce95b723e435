import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './errors.js';
import type { Layout } from './layout.js';
import type { SystemUser } from './system-user.js';

/** The role that owns database and tables; migrations run as it. */
export const OWNER_ROLE = 'gangway_owner';

/**
 * Makes the cluster where there is none. It is made under another name and renamed when it is complete: a crash in
 * the middle leaves nothing that looks like a cluster.
 */
export async function initialiseCluster(
  layout: Layout,
  binaries: Binaries,
  user: SystemUser | null,
): Promise<boolean> {
  if (await isCluster(layout.clusterDir)) return false;
  const draft = `${layout.clusterDir}.${randomUUID()}`;
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${layout.ownerPassword}\n`, { mode: 0o600 });
    if (user) {
      await chown(draft, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    await runInitdb(binaries.initdb, draft, passwordFile, user);
    await rename(draft, layout.clusterDir).catch(async (error: unknown) => {
      if (!(await isCluster(layout.clusterDir))) throw error; // else another start was quicker
    });
    return true;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

async function isCluster(dir: string): Promise<boolean> {
  return stat(path.join(dir, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function runInitdb(
  initdb: string,
  dir: string,
  passwordFile: string,
  user: SystemUser | null,
): Promise<void> {
  const flags = [
    `--pgdata=${dir}`,
    `--username=${OWNER_ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
  ];
  const child = spawn(initdb, flags, {
    cwd: '/',
    env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new EmbeddedPostgresError(`PostgreSQL could not be initialised: ${complaint.trim()}`);
}
