import { execFileSync } from 'node:child_process';
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import {
  type AcceptedTenant,
  callPartner,
  createTenant,
  hasEnded,
  untilRun,
} from '../testing/partner-client.js';
import { insistOnTenant } from '../testing/insist.js';
import { endServer, endServers, spawnServer, untilReady } from '../testing/spawn-server.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

// A small disk can only be had where a file system may be mounted.
const disk = mountSmallDisk();
afterAll(async () => {
  await endServers();
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

it.skipIf(disk === null)(
  'a full disk is a 503, loses nothing that was acknowledged, and passes by itself',
  async () => {
    const server = spawnServer({ DATA_DIR: path.join(disk ?? '', 'data') });
    const url = await untilReady(server);
    const accepted: AcceptedTenant[] = [await createTenant(url, 'before')];
    await fill(path.join(disk ?? '', 'ballast'));
    // What PostgreSQL has already put aside is used up first.
    await vi.waitFor(
      async () => {
        const name = `full-${accepted.length}`;
        const body = { client_name: name, email: `${name}@example.com` };
        const answer = await callPartner(url, 'POST', '/tenants', { body });
        const { tenant, operation_run_id: runId } = answer.body;
        if (answer.status === 201) accepted.push({ tenant: String(tenant), runId: String(runId) });
        expect([answer.status, answer.body['reason_code']]).toEqual([503, 'database.unavailable']);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 10 },
    );
    rmSync(path.join(disk ?? '', 'ballast'));
    accepted.push(await insistOnTenant(() => url, 'after'));
    for (const { runId } of accepted)
      expect(await untilRun(url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
    expect(await endServer(server)).toBe(0);
  },
);

function mountSmallDisk(): string | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'gangway-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m', 'tmpfs', folder], { stdio: 'ignore' });
    // PostgreSQL's own user passes through it when we are root.
    chmodSync(folder, 0o755);
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return null;
  }
}

/** Writes until there is no room left. */
function fill(file: string): Promise<void> {
  const ballast = createWriteStream(file);
  const chunk = Buffer.alloc(64 * 1024);
  return new Promise((resolve) => {
    ballast.on('error', () => resolve());
    const write = () => {
      while (ballast.write(chunk));
      ballast.once('drain', write);
    };
    write();
  });
}
