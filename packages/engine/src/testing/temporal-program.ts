import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);

/**
 * Runs a program as somebody does who has installed Temporal's SDK and nothing of ours: a module in a folder of its own,
 * in a process of its own. Gives what it printed. @throws Error with what it complained of, where it failed or never ended
 */
export async function runTemporalProgram(source: string, args: readonly string[] = []): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-program-'));
  try {
    await mkdir(path.join(folder, 'node_modules/@temporalio'), { recursive: true });
    for (const name of ['@temporalio/client', '@temporalio/worker'])
      await symlink(
        path.dirname(require.resolve(`${name}/package.json`)),
        path.join(folder, 'node_modules', name),
      );
    const file = path.join(folder, 'program.mjs');
    await writeFile(file, source);
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { timeout: 30_000 });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
