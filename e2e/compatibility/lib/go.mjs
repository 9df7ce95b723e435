import { cp } from 'node:fs/promises';
import path from 'node:path';

/**
 * Builds the Go program of `source`, a folder (URL) with its go.mod and go.sum, and gives the path of what was built.
 * @throws CommandError with what the compiler says, or if there is no Go
 */
export async function buildGo(context, name, source) {
  const folder = await context.newFolder(name);
  await cp(source, folder, { recursive: true });
  await context.run('nice', ['-n', '15', 'go', 'build', '-mod=readonly', '-o', 'program', '.'], {
    cwd: folder,
  });
  return path.join(folder, 'program');
}

/** The version of a module that the go.mod of a folder (URL) names, without its `v`. */
export const versionInGoMod = (text, module) => new RegExp(`${module} v(\\S+)`).exec(text)?.[1] ?? 'unknown';
