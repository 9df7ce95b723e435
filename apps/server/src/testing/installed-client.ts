import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const TSC = path.join(ROOT, 'node_modules/.bin/tsc');

/** The typed client as a partner installs it: what a server serves, in a folder outside of the repository. */
export async function installClient(url: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-client-'));
  const installed = path.join(folder, 'node_modules/@gangway/client');
  await mkdir(installed, { recursive: true });
  const response = await fetch(`${url}/api/gangway-client.tgz`);
  const archive = path.join(folder, 'gangway-client.tgz');
  await writeFile(archive, Buffer.from(await response.arrayBuffer()));
  await execute('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
  const manifest = await readFile(path.join(installed, 'package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  await mkdir(path.join(folder, 'node_modules/@trpc'));
  await mkdir(path.join(folder, 'node_modules/@types'));
  for (const name of Object.keys(dependencies))
    await symlink(
      path.join(ROOT, 'packages/client/node_modules', name),
      path.join(folder, 'node_modules', name),
    );
  await symlink(path.join(ROOT, 'node_modules/@types/node'), path.join(folder, 'node_modules/@types/node'));
  await writeFile(path.join(folder, 'package.json'), '{"type": "module"}');
  return {
    folder,
    archive,
    installed,
    /** Compiles programs, by name; gives what the compiler complains about. */
    async compile(programs: Readonly<Record<string, string>>): Promise<string> {
      const files = Object.entries(programs).map(([name, source]) => ({ file: `${name}.ts`, source }));
      for (const { file, source } of files) await writeFile(path.join(folder, file), source);
      const options = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
      const args = [...options, '--types', 'node', '--ignoreConfig', ...files.map(({ file }) => file)];
      const checked = await execute(TSC, args, { cwd: folder }).catch(
        (error: unknown) => error as { stdout: string },
      );
      return checked.stdout;
    },
    /** Runs a compiled program; gives what it prints. */
    async run(name: string, env: Record<string, string> = {}, ...args: string[]): Promise<string> {
      const { stdout } = await execute(process.execPath, [`${name}.js`, ...args], {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '', ...env },
      });
      return stdout;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
