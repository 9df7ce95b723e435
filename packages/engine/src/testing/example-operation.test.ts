import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from '../embedded/engine.js';
import type { Engine } from '../port.js';
import { nameOperation, namePlan } from './example-operation.js';
import { createTestBed, type TestBed } from './test-bed.js';

let bed: TestBed;
let engine: Engine;
beforeAll(async () => {
  bed = await createTestBed();
  await bed.owner.query(
    'CREATE TABLE names (name text PRIMARY KEY, run_id uuid); GRANT ALL ON names TO gangway_app',
  );
  const registry = { ...bed.registry, 'inventory.domains': nameOperation(bed.db) };
  engine = createEmbeddedEngine({ db: bed.db, registry });
  await engine.start();
});
afterAll(async () => {
  await engine.stop();
  await bed.drop();
});

describe('the example of docs/operations.md', () => {
  it('stands there as it stands here', async () => {
    const example = await readFile(new URL('./example-operation.ts', import.meta.url), 'utf8');
    const page = await readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    expect(page).toContain(example.slice(example.indexOf('// plan.ts')).trim());
  });

  it('does what the page says', async () => {
    const start = async (name: string) => {
      const { operationRunId } = await bed.create({ plan: namePlan, input: { name, greeting: 'Welcome' } });
      return bed.until(operationRunId, bed.ended);
    };
    expect(await start('contoso')).toMatchObject({
      status: 'succeeded',
      result: { announced: 'Welcome, contoso' },
    });
    expect(await start('contoso')).toMatchObject({ status: 'failed', reasonCode: 'tenant.duplicate' });
    const { rows } = await bed.owner.query('SELECT name FROM names');
    expect(rows).toEqual([{ name: 'contoso' }]);
  });
});
