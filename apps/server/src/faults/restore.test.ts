import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { generateEncryptionKeys } from '../config/keys.js';
import { connectDirectory, type Member, signInMember } from '../testing/member-client.js';
import { createTenant, hasEnded, untilRun } from '../testing/partner-client.js';
import { endServer, endServers, spawnServer, untilReady } from '../testing/spawn-server.js';

// DATA_DIR is all there is: a copy of it, made while no server runs, is a backup.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder: string;
let runId = '';
const at = (name: string) => path.join(folder, name);
const start = async (name: string, variables: Record<string, string> = {}) => {
  const server = spawnServer({ DATA_DIR: at(name), ...variables });
  return { ...server, url: await untilReady(server) };
};
/** Starts a verification of the directory's default connection and gives the run as it ended. */
async function verify(member: Member): Promise<{ status: string; reasonCode: string | null }> {
  const { items } = await member.query<{ items: { id: string }[] }>('managedTenants.list', {});
  const { operationRunId } = await member.mutate<{ operationRunId: string }>('operations.start', {
    managedTenantId: items[0]?.id,
    operationType: 'provider.connection.check',
  });
  const find = () =>
    member.query<{ status: string; reasonCode: string | null }>('operations.get', { operationRunId });
  return vi.waitFor(
    async () => {
      const run = await find();
      expect(['succeeded', 'failed']).toContain(run.status);
      return run;
    },
    { timeout: 60_000, interval: 200 },
  );
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gangway-restore-'));
  const original = await start('original', { FAULT: 'tenant.create.setting_up_data.before:kill' });
  const member = await signInMember(() => original.url);
  await connectDirectory(member, 'healthy.sandbox.example', 'sandbox-secret');
  ({ runId } = await createTenant(original.url, 'in-flight'));
  await original.exitCode;
  // In order this time, with PostgreSQL; the run is still another's.
  expect(await endServer(await start('original', { ROLE: 'api' }))).toBe(0);
  for (const copy of ['copy', 'other-keys'])
    await promisify(execFile)('cp', ['-a', at('original'), at(copy)]);
  await writeFile(path.join(at('other-keys'), 'encryption.keys'), generateEncryptionKeys());
});
afterAll(async () => {
  await endServers();
  await rm(folder, { recursive: true, force: true });
});

it('a restored copy goes on with the runs it finds, and opens its secrets', async () => {
  const { url, ...server } = await start('copy');
  expect(await untilRun(url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  expect(await verify(await signInMember(() => url))).toMatchObject({ status: 'succeeded' });
  const { items } = (await (await fetch(`${url}/api/demo/mailbox`)).json()) as { items: { to: string }[] };
  expect(items.map((mail) => mail.to)).toEqual(['in-flight@example.com']);
  expect(await endServer(server)).toBe(0);
});

it('other encryption keys are refused in one line that names what is missing', async () => {
  const server = spawnServer({ DATA_DIR: at('other-keys') });
  expect(await server.exitCode).toBe(1);
  expect(server.output().trim().split('\n').at(-1)).toMatch(
    /^ENCRYPTION_KEYS .* lacks the key [\w.-]+: without it stored secrets cannot be read$/,
  );
});
