import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const LONGEST_MS = 120_000;

/**
 * Starts a program that goes on beside the checks and ends with the area. Gives `nextLine()`, the next line that it prints;
 * `ask(line)`, which writes a line to it and gives the next one; and `stop()`.
 * @throws Error with what it printed to stderr, from `nextLine` and `ask`, if it ends or prints nothing in two minutes
 */
export function startProgram(context, command, args, { cwd, env = {} } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-20_000)));
  child.stdin.on('error', () => undefined); // it ended, which nextLine says
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  context.onClose(stop);

  async function nextLine() {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, LONGEST_MS, { done: true })));
    const { done, value } = await Promise.race([lines.next(), late]);
    if (done) await Promise.race([ended, late]); // what it says of the cause may come after its last line
    clearTimeout(timer);
    if (done) throw new Error(`${command} printed no further line\n${errors}`);
    return value;
  }
  const ask = (line) => {
    child.stdin.write(`${line}\n`);
    return nextLine();
  };
  return { nextLine, ask, stop };
}
