import pg from 'pg';
import { expect } from 'vitest';
import { INVARIANTS } from './invariants.js';
import { type AcceptedTenant, callPartner } from './partner-client.js';

export interface ProductEvidence {
  /** The database, as the owner of its tables. */
  readonly ownerUrl: string;
  /** A server that works on it. */
  readonly url: string;
  /** What every server printed. */
  readonly outputs: readonly string[];
  /** Every tenant that was answered with 201. */
  readonly accepted: readonly AcceptedTenant[];
  /** What was planted, and may stand nowhere in the clear. */
  readonly canaries: readonly string[];
}

/** What must hold after any fault, once every run has ended: the seven points that the product is judged by. */
export async function checkProduct(evidence: ProductEvidence): Promise<void> {
  const owner = new pg.Client({ connectionString: evidence.ownerUrl });
  await owner.connect();
  try {
    for (const { rule, broken } of INVARIANTS) expect((await owner.query(broken)).rows, rule).toEqual([]);
    await checkAccepted(evidence, owner);
    const dump = await dumpTables(owner);
    const printed = evidence.outputs.join('\n');
    for (const canary of evidence.canaries) {
      expect(canary.length, 'a canary that can be found by chance').toBeGreaterThan(8);
      expect(dump.includes(canary), `${canary} stands in the database`).toBe(false);
      expect(printed.includes(canary), `${canary} stands in a log`).toBe(false);
    }
    expect(printed).not.toMatch(/unhandled|uncaught|The server cannot go on|"level":60/i);
  } finally {
    await owner.end();
  }
}

/** Whatever was acknowledged can be read, as its run left it; and no list shows a tenant by half. */
async function checkAccepted({ url, accepted }: ProductEvidence, owner: pg.Client): Promise<void> {
  const deleted = await owner.query<{ id: string }>(
    `SELECT subject_id AS id FROM operation_runs WHERE type = 'tenant.delete' AND status = 'succeeded'`,
  );
  const isDeleted = new Set(deleted.rows.map((row) => row.id));
  expect(new Set(accepted.map(({ tenant }) => tenant)).size, 'ids that were given twice').toBe(
    accepted.length,
  );
  const listed = await listTenants(url);
  for (const { tenant, runId } of accepted) {
    const run = await callPartner(url, 'GET', `/operation-runs/${runId}`);
    expect(run.status, `run ${runId}`).toBe(200);
    const { status, body } = await callPartner(url, 'GET', `/tenants/${tenant}`);
    const isThere = run.body['status'] === 'succeeded' && !isDeleted.has(tenant);
    const expected = isThere ? [200, 'active'] : isDeleted.has(tenant) ? [404, 404] : [200, 'failed'];
    expect([status, body['status']], `tenant ${tenant}`).toEqual(expected);
    expect(listed.get(tenant), `tenant ${tenant} in the list`).toBe(isThere ? 'active' : undefined);
  }
}

async function listTenants(url: string): Promise<Map<string, string>> {
  const listed = new Map<string, string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await callPartner(url, 'GET', `/tenants?limit=100${cursor ? `&cursor=${cursor}` : ''}`);
    for (const item of body['items'] as { tenant: string; status: string }[]) {
      expect(listed.has(item.tenant), `tenant ${item.tenant} is listed twice`).toBe(false);
      listed.set(item.tenant, item.status);
    }
    cursor = body['next_cursor'] as string | null;
  }
  return listed;
}

/** Everything that a dump of the database would show, as text. */
async function dumpTables(owner: pg.Client): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ text: string }>(`SELECT t::text FROM ${name} t`);
    texts.push(...rows.map((row) => row.text));
  }
  return texts.join('\n');
}
