import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/** The command ended with a code that is not 0. */
export class CommandFailed extends Error {
  constructor(title, code) {
    super(`${title} failed (exit code ${code})`);
    this.code = code;
  }
}

/**
 * Runs a command at the root, its output on ours. Ctrl-C and SIGTERM end it, its children and then us, with exit 0:
 * it has a process group of its own, so that none of them is left behind.
 * @throws CommandFailed
 */
export async function run(title, command, args, { env = {}, capture = false, check = true } = {}) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
    detached: process.platform !== 'win32',
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => (output += text));
  let isInterrupted = false;
  const interrupt = (signal) => {
    isInterrupted = true;
    endGroup(child, signal);
    setTimeout(() => endGroup(child, 'SIGKILL'), 10_000).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve(exitCode ?? 1));
    });
    if (isInterrupted) {
      endGroup(child, 'SIGKILL');
      process.exit(0);
    }
    if (code !== 0) process.stderr.write(output); // nothing, unless it was captured
    if (code !== 0 && check) throw new CommandFailed(title, code);
    return { code, output };
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function endGroup(child, signal) {
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** One line that says what happens now. */
export function say(text) {
  console.log(`\u25b8 ${text}`);
}

/** Runs a script's main function; a failed command or an error is one line and exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof CommandFailed ? error.message : error);
    process.exit(1);
  }
}
