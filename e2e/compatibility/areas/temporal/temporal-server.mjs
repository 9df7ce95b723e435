import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram } from '../../lib/start-program.mjs';

/** The `temporal` binary on the PATH; null without one. */
export function findTemporal() {
  const files = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'temporal'));
  return files.find((file) => existsSync(file)) ?? null;
}

/**
 * Starts a development server of Temporal on a free port. Gives {address, showHistory(workflowId)}, the history as text as
 * it is stored, before any codec.
 */
export async function startTemporal(context, binary) {
  const port = await context.findFreePort();
  const address = `127.0.0.1:${port}`;
  const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'never'];
  startProgram(context, binary, ['server', 'start-dev', ...flags]);
  const health = ['operator', 'cluster', 'health', '--address', address];
  for (const end = Date.now() + 60_000; ; await sleep(200)) {
    const { code } = await context.run(binary, health, { check: false });
    if (code === 0) break;
    if (Date.now() > end) throw new Error('Temporal is not ready in time');
  }
  return {
    address,
    async showHistory(workflowId) {
      const args = [
        'workflow',
        'show',
        '--workflow-id',
        workflowId,
        '--address',
        address,
        '--output',
        'json',
      ];
      const { stdout } = await context.run(binary, args);
      // Values of metadata and data are in base64.
      return stdout.replaceAll(
        /"([\w+/]{8,}=*)"/g,
        (_all, text) => `"${Buffer.from(text, 'base64').toString()}"`,
      );
    },
  };
}
