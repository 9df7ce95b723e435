import { deepStrictEqual } from 'node:assert';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The program that every runtime runs. */
export const PROGRAM = new URL('program.mts', import.meta.url);

/** Which `@types/node` is installed where TypeScript wants one. */
export const NODE_TYPES = '20.19.43';

/** An empty folder with the client's archive, as a partner fetches it from the server, and {@link PROGRAM} as `file`. */
export async function makePartnerFolder(context, name, file) {
  const folder = await context.newFolder(name);
  const { url } = await context.server();
  const response = await fetch(`${url}/api/gangway-client.tgz`);
  await writeFile(path.join(folder, 'gangway-client.tgz'), Buffer.from(await response.arrayBuffer()));
  await copyFile(PROGRAM, path.join(folder, file));
  return folder;
}

/**
 * Runs the program and compares what it prints.
 * @throws Error if it fails, or prints something else
 */
export async function runProgram(context, folder, command, args, env = {}) {
  const { url, clientId, clientSecret, apiKey } = await context.server();
  const email = `${path.basename(folder)}@compatibility.example`;
  const input = [url, clientId, clientSecret, apiKey, email];
  const { stdout } = await context.run(command, [...args, ...input], {
    cwd: folder,
    env,
    timeoutMs: 120_000,
  });
  const expected = { status: 'succeeded', lastEvent: 'run.finished', listed: [email], isSameTenant: true };
  deepStrictEqual(JSON.parse(stdout.trim().split('\n').at(-1)), { ...expected, verified: 'tenant.deleted' });
}
