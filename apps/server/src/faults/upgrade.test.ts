import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { readMigrations } from '@gangway/db/migrations-folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generateEncryptionKeys } from '../config/keys.js';
import { createEmptyDatabase } from '../testing/empty-database.js';
import { leaveRunsInFlight } from '../testing/leave-runs-in-flight.js';
import { type AcceptedTenant, callPartner } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { loadDatabase, recordDatabase } from '../testing/recorded-database.js';

// Databases that earlier versions left with runs in flight, as those versions wrote them: the server of today migrates
// each and goes on. RECORD_DATABASE=1 records what today's version leaves; recordings stay for as long as databases may be
// upgraded from there.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 });

const FOLDER = fileURLToPath(new URL('../../databases/', import.meta.url));
const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));

let fixture: ProductFixture;
beforeEach(async () => {
  fixture = await createProductFixture(await createEmptyDatabase());
});
afterEach(() => fixture.drop());

it.runIf(process.env['RECORD_DATABASE'])('today is recorded', async () => {
  const keys = generateEncryptionKeys().trim();
  await leaveRunsInFlight(fixture, { DEMO: '1', ENCRYPTION_KEYS: keys });
  await recordDatabase(fixture.owner, keys, FOLDER);
  const { rows } = await fixture.owner.query(
    `SELECT count(*)::int AS live FROM operation_runs WHERE status IN ('queued', 'running') OR held`,
  );
  expect(rows).toEqual([{ live: 10 }]);
});

describe.each(files)('a server that starts on %s', (file) => {
  it('migrates it, ends every run, and does nothing again that was done', async () => {
    const recorded = await loadDatabase(fixture.ownerUrl, path.join(FOLDER, file));
    const find = async <T extends object = object>(text: string) => (await fixture.owner.query<T>(text)).rows;
    const findSteps = () =>
      find<{ run_id: string; name: string }>(
        `SELECT run_id, position, name, attempt, output, started_at, finished_at FROM operation_run_steps
          WHERE status = 'succeeded' AND run_id IN (SELECT id FROM operation_runs WHERE direction = 'forward') ORDER BY 1, 2`,
      );
    const live = await find<{ id: string }>(
      `SELECT id FROM operation_runs WHERE status IN ('queued', 'running') OR held`,
    );
    expect(live).toHaveLength(10);
    // What had ended is judged where tenants hang on it. Other ends were not always written to the audit trail.
    await find(`DELETE FROM operation_runs WHERE status = 'succeeded' AND workspace_id IS NOT NULL`);
    const done = await findSteps();
    fixture.accepted.push(
      ...(await find<AcceptedTenant>(
        `SELECT subject_id AS tenant, id AS "runId" FROM operation_runs WHERE type = 'tenant.create'`,
      )),
    );

    const { url } = await fixture.start({ DEMO: '1', ENCRYPTION_KEYS: recorded.encryptionKeys });
    expect(await find('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1')).toEqual(
      (await readMigrations()).map(({ name }) => ({ name })),
    );
    for (const { id } of await find<{ id: string }>('SELECT id FROM operation_runs WHERE held'))
      expect((await callPartner(url, 'POST', `/operation-runs/${id}/resume`)).status).toBe(202);
    await fixture.untilQuiet(url);
    expect(
      await find(
        `SELECT type, status, reason_code, count(*)::int FROM operation_runs GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      ),
    ).toEqual([
      ended('inventory.domains'),
      ended('inventory.users'),
      ended('provider.connection.check'),
      ended('tenant.create', 1, 'run.cancelled'),
      ended('tenant.create', 7),
      ended('tenant.delete'),
    ]);
    const doneAfterwards = await findSteps();
    expect(done.filter((step) => !doneAfterwards.some((other) => isDeepStrictEqual(other, step)))).toEqual(
      [],
    );
    // What was encrypted then is opened now, and handed out to whoever asked for it.
    for (const { runId } of fixture.accepted) {
      const { body } = await callPartner(url, 'GET', `/operation-runs/${runId}`);
      const { temporary_password: password } = (body['result'] ?? {}) as Record<string, unknown>;
      if (typeof password === 'string') fixture.canaries.push(password);
    }
    expect(fixture.canaries).toHaveLength(6);
    await fixture.check(url);
  });
});

const ended = (type: string, count = 1, reason_code: string | null = null) => ({
  type,
  status: reason_code === null ? 'succeeded' : 'failed',
  reason_code,
  count,
});
