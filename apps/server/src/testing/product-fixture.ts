import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@gangway/db/test-database';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { checkProduct } from './check-product.js';
import { type AcceptedTenant, createTenant, hasEnded, untilRun } from './partner-client.js';
import { endServers, spawnServer, type SpawnedServer, untilReady } from './spawn-server.js';

/**
 * A place for servers of the built product: one database and one directory of keys, and what was seen of them. A database
 * of one's own is brought by who wants to break its server too.
 */
export async function createProductFixture(own?: { ownerUrl: string; drop: () => Promise<void> }) {
  const database = own ?? (await createTestDatabase({ poolMax: 2 }));
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gangway-faults-'));
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on('error', () => undefined); // a lost connection is reported by the query that meets it
  const servers: SpawnedServer[] = [];
  const accepted: AcceptedTenant[] = [];
  const canaries: string[] = [];

  const spawn = (variables: Record<string, string> = {}): SpawnedServer => {
    const own = { DATA_DIR: dataDir, DATABASE_URL: database.ownerUrl, SANDBOX: '1' };
    const server = spawnServer({ ...own, ...variables });
    servers.push(server);
    return server;
  };
  return {
    ownerUrl: database.ownerUrl,
    dataDir,
    owner,
    accepted,
    canaries,
    spawn,
    async start(variables: Record<string, string> = {}): Promise<SpawnedServer & { url: string }> {
      const server = spawn(variables);
      return { ...server, url: await untilReady(server) };
    },
    async createTenant(url: string, name: string, more: Record<string, string> = {}) {
      const tenant = await createTenant(url, name, more);
      accepted.push(tenant);
      return tenant;
    },
    /** Waits until no run is left to be done, and gives how each of them ended. */
    async untilQuiet(url: string, timeoutMs = 45_000): Promise<Map<string, Record<string, unknown>>> {
      const { rows } = await owner.query<{ id: string }>(
        'SELECT id FROM operation_runs WHERE partner_id IS NOT NULL',
      );
      const ended = new Map<string, Record<string, unknown>>();
      for (const { id } of rows) ended.set(id, await untilRun(url, id, hasEnded, timeoutMs));
      for (const end = Date.now() + timeoutMs; ;) {
        const live = await owner.query(
          `SELECT id, type, step FROM operation_runs WHERE status IN ('queued', 'running')`,
        );
        if (live.rows.length === 0) return ended;
        if (Date.now() > end) throw new Error(`Still live: ${JSON.stringify(live.rows)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    /** Registers an endpoint for every event of the demo's partner. It lies inside, so that nothing is ever sent to it. */
    async addWebhook(): Promise<void> {
      const events = ['tenant.created', 'tenant.deleted', 'tenant.creation_failed', 'operation_run.finished'];
      await owner.query(
        `INSERT INTO webhook_endpoints (id, partner_id, url, events, secret_ciphertext, updated_at)
         SELECT $1, partner_id, 'http://127.0.0.1:9/', $2, 'unreadable', now() FROM partner_clients WHERE client_id = 'demo-partner'`,
        [uuidv7(), events],
      );
    },
    check: (url: string) =>
      checkProduct({
        ownerUrl: database.ownerUrl,
        url,
        accepted,
        canaries,
        outputs: servers.map((one) => one.output()),
      }),
    async drop(): Promise<void> {
      await endServers();
      await owner.end();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type ProductFixture = Awaited<ReturnType<typeof createProductFixture>>;
