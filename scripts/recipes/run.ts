import { spawn } from 'node:child_process';

/** Runs Node with a script in a folder and gives its output, both streams as they come. @throws with the output, if it fails */
export async function runNode(cwd: string, args: readonly string[]): Promise<string> {
  // The workers of vitest tell their children where their own database is; the tests of the copy start one of their own.
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${String(code)}:\n${output}`);
  return output;
}
