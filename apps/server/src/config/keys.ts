import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EncryptionKey, KeyRing } from '@gangway/domain/secrets/key-ring';

const PAIR = /^([\w.-]{1,64}):([A-Za-z0-9_-]{43})$/;

/**
 * Reads ENCRYPTION_KEYS: `id:key,older:key`, each key 32 bytes as base64url. The first encrypts, all of them decrypt.
 * @throws RangeError with one line that does not repeat the value
 */
export function parseEncryptionKeys(text: string): KeyRing {
  const [first, ...older] = text.split(',').map((pair): EncryptionKey => {
    const [, id, key] = PAIR.exec(pair.trim()) ?? [];
    if (!id || !key) {
      throw new RangeError(
        'ENCRYPTION_KEYS must be id:key, or several with commas between; a key is 32 bytes as base64url',
      );
    }
    return { id, key: new Uint8Array(Buffer.from(key, 'base64url')) };
  });
  if (!first || new Set([first, ...older].map((key) => key.id)).size !== older.length + 1) {
    throw new RangeError('ENCRYPTION_KEYS must not name an id twice');
  }
  return [first, ...older];
}

/** A new ENCRYPTION_KEYS value. Put a newer key in front to rotate. */
export function generateEncryptionKeys(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `${day}-${randomBytes(3).toString('hex')}:${randomBytes(32).toString('base64url')}`;
}

/**
 * Reads keys from a file that only we can read. It is made on the first start; later ones need the very same keys.
 * @throws RangeError with one line where the directory, or the file in it, cannot be used
 */
export async function readOrCreateKeyFile(...where: Parameters<typeof readOrCreate>): Promise<string> {
  try {
    return await readOrCreate(...where);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw new RangeError(`DATA_DIR must be a directory that this user may write to (${code})`);
  }
}

async function readOrCreate(
  dataDir: string,
  name: string,
  generate: () => string | Promise<string>,
): Promise<string> {
  const file = path.join(dataDir, name);
  const found = await readFile(file, 'utf8').catch(() => null);
  if (found !== null) return found.trim();
  // PostgreSQL's own user passes through DATA_DIR when we are root.
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${await generate()}\n`, { mode: 0o600 });
  await link(draft, file).catch(() => undefined); // another start was quicker: then its keys count
  await rm(draft);
  return (await readFile(file, 'utf8')).trim();
}
