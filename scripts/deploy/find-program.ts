import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where `.ci/run` puts programs that Debian has not. */
const TOOLS = path.join(
  process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'),
  'gangway/deploy-tools-1/bin',
);

/** The program on the PATH, or where `.ci/run` put it; null if it is in neither. */
export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), TOOLS];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}
