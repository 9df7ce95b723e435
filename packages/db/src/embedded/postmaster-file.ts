import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What `postmaster.pid` says about the server that holds a cluster directory. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** Null when there is none, or when it is being written. Layout: PostgreSQL's src/include/utils/pidfile.h. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | null> {
  const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return null;
  return { pid, port, isReady: lines[7]?.trim() === 'ready' };
}

/** Larger than any process id a kernel gives out (Linux: at most 2^22). */
const NOBODY = 2 ** 22 + 1;

/**
 * After the restart of a container the process id of a killed PostgreSQL may belong to an innocent program, and
 * PostgreSQL would refuse to start for its sake. Puts the id of nobody into the file; the rest stays, because by its
 * shared memory key PostgreSQL still recognises children of the old server that live on.
 */
export async function disownForeignProcess(clusterDir: string): Promise<void> {
  const found = await readPostmasterFile(clusterDir);
  if (!found || process.platform !== 'linux') return;
  const program = await readFile(`/proc/${found.pid}/comm`, 'utf8').catch(() => null);
  if (program === null || program.trim() === 'postgres') return;
  const file = path.join(clusterDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^\d+/, String(NOBODY)));
}
