import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCommands } from './commands.mjs';
import { installNpm, installPypi } from './packages.mjs';
import { findFreePort, startServer } from './server.mjs';

/**
 * What an area's `check` gets:
 * - `folder`: a temporary folder, removed at the end; `newFolder(name)` makes one in it
 * - `server()`: the server that all checks of the area share, started by the first call; `startServer({env})`: one of its
 *   own (lib/server.mjs says what both give)
 * - `run(command, args, options)` (lib/commands.mjs), `npm(name, dependencies, options)` and `pypi(name, dependencies)`
 *   (lib/packages.mjs), which install in a folder of that name; `findFreePort()`
 * - `wants(name, version)`: whether this check was asked for
 * - `attempt({name, version, checked}, work)`: the row for what `work` did. It "works"; if `work` returns a text, it
 *   "works, with" that text; if it throws, it "fails:" with the first line of the message
 * - `onClose(work)`: runs at the end, the last one first
 */
export async function createContext(area, filter = '') {
  const folder = await mkdtemp(path.join(tmpdir(), `gangway-compatibility-${area}-`));
  const commands = createCommands();
  const closers = [];
  const onClose = (work) => closers.push(work);
  const newFolder = async (name) => {
    const made = path.join(folder, name);
    await mkdir(made, { recursive: true });
    return made;
  };
  const start = async (options) => {
    const server = await startServer(await mkdtemp(path.join(folder, 'data-')), options);
    onClose(server.stop);
    return server;
  };
  let shared;
  const close = async () => {
    commands.endAll();
    for (const work of closers.toReversed()) await work();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  endWithSignals(close);
  return {
    folder,
    newFolder,
    findFreePort,
    server: () => (shared ??= start()),
    startServer: start,
    run: commands.run,
    npm: async (name, ...rest) => installNpm(commands.run, await newFolder(name), ...rest),
    pypi: async (name, ...rest) => installPypi(commands.run, await newFolder(name), ...rest),
    wants: (name, version = '') => `${name} ${version}`.toLowerCase().includes(filter),
    attempt: (row, work) => attempt(row, work, folder),
    onClose,
    close,
  };
}

async function attempt(row, work, folder) {
  try {
    const note = await work();
    return { ...row, result: note ? `works, with ${note}` : 'works' };
  } catch (error) {
    console.error(error);
    const [line] = String(error?.message ?? error).split('\n');
    return { ...row, result: `fails: ${line.replaceAll(folder, '…')}` };
  }
}

/** Ctrl-C ends everything that was started, and then us, as if nothing had failed. */
function endWithSignals(close) {
  let isClosing = false;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      if (isClosing) return;
      isClosing = true;
      void close().finally(() => process.exit(0));
    });
}
