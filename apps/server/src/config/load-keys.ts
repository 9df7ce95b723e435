import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseKeyList, type NamedKey } from './key-list.js';
import { ConfigError } from './read-config.js';

/**
 * The keys of the environment, or those in the data directory, which are generated there once, readable by their owner
 * only. Two servers that start together agree: the file is created exclusively, and the loser reads the winner's.
 * @throws ConfigError where the file is damaged; it is never replaced, because what it encrypted would be lost
 */
export async function loadKeys(configured: readonly NamedKey[] | null, dataDir: string, name: 'auth-keys' | 'encryption-keys'): Promise<readonly [NamedKey, ...NamedKey[]]> {
  const keys = configured ?? (await readOrCreate(dataDir, name));
  const [first, ...older] = keys;
  if (!first) throw new ConfigError([`${name} in DATA_DIR is damaged: restore it from a backup`]);
  return [first, ...older];
}

async function readOrCreate(dataDir: string, name: string): Promise<readonly NamedKey[]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, name);
  const id = new Date().toISOString().slice(0, 10);
  await writeFile(file, `${id}:${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return parseKeyList((await readFile(file, 'utf8')).trim()) ?? [];
}
