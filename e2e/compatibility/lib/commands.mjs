import { spawn } from 'node:child_process';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LONGEST_MS = 10 * 60_000;
const KEPT_CHARACTERS = 2_000_000;

/** A command ended with a code that is not 0, or did not end in time. The message's first line says why, its last lines are the command's. */
export class CommandError extends Error {}

/**
 * Runs commands, each in a process group of its own, so that `endAll` leaves none of them or of their children behind.
 * `run(command, args, {cwd, env, input, check, timeoutMs})` gives {code, stdout, stderr}; with `check: false` a code other
 * than 0 is given as well, otherwise it throws a {@link CommandError}.
 */
export function createCommands() {
  const running = new Set();
  async function run(command, args = [], options = {}) {
    const { cwd, env = {}, input = '', check = true, timeoutMs = LONGEST_MS } = options;
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true });
    running.add(child);
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name]
        .setEncoding('utf8')
        .on('data', (text) => (output[name] = (output[name] + text).slice(-KEPT_CHARACTERS)));
    child.stdin.on('error', () => undefined); // it may end without having read its input
    child.stdin.end(input);
    let hasTimedOut = false;
    const timer = setTimeout(() => {
      hasTimedOut = true;
      endGroup(child);
    }, timeoutMs);
    try {
      const code = await new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (exitCode) => resolve(exitCode ?? 1));
      });
      const how = hasTimedOut ? `did not end within ${timeoutMs / 1_000} s` : `ended with ${code}`;
      if (hasTimedOut || (check && code !== 0))
        throw new CommandError(
          `${path.basename(command)} ${how}: ${findReason(output)}\n${lastLines(output)}`,
        );
      return { code, ...output };
    } finally {
      clearTimeout(timer);
      running.delete(child);
    }
  }
  return { run, endAll: () => running.forEach(endGroup) };
}

const REASON = /error|fatal|exception|failed|cannot/i;

/** The line that most likely says what went wrong: the last one that looks like an error, else the last one. */
function findReason({ stdout, stderr }) {
  const lines = [stdout, stderr].flatMap((text) => text.trim().split('\n')).filter(Boolean);
  const line = lines.findLast((text) => REASON.test(text)) ?? lines.at(-1) ?? 'it printed nothing';
  return stripVTControlCharacters(line).trim().slice(0, 200);
}

function lastLines({ stdout, stderr }) {
  return `${stdout}\n${stderr}`.trim().split('\n').slice(-30).join('\n');
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
