import { Client, Connection } from '@temporalio/client';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from '../embedded/engine.js';
import type { JsonObject } from '../json.js';
import type { Engine } from '../port.js';
import { StepError } from '../step.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { FINAL } from '../testing/test-operation.js';
import { createTestTemporalEngine, TEST_PAYLOAD_KEYS } from '../testing/test-temporal-engine.js';
import { testPlan } from '../testing/test-plan.js';
import { createPayloadCodec } from './payload-codec.js';
import type { WorkflowState } from './protocol.js';

describe.skipIf(!findTemporal())('workflows, as those who know Temporal use them', () => {
  let server: TemporalServer;
  let bed: TestBed;
  let engine: Engine;
  let connection: Connection;
  /** A stranger's client: no codec, no API of ours. */
  let plain: Client;
  let ours: Client;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    server = await startTemporal();
    bed = await createTestBed();
    engine = makeEngine();
    await engine.start();
    connection = await Connection.connect({ address: server.address });
    plain = new Client({ connection });
    ours = new Client({
      connection,
      dataConverter: { payloadCodecs: [createPayloadCodec(TEST_PAYLOAD_KEYS)] },
    });
  });
  afterAll(async () => {
    await engine.stop();
    await connection.close();
    await bed.drop();
    await server.stop();
  });

  function makeEngine(): Engine {
    return createTestTemporalEngine(server.address, {
      db: bed.db,
      registry: bed.registry,
      adopt: async (input, { workflowId, key }) => {
        if (typeof input['tenantName'] !== 'string') throw new StepError('validation.failed');
        const id = ids.get(key) ?? uuidv7();
        ids.set(key, id);
        return bed.create({ id, workflowId, plan: testPlan('tenant.create'), input });
      },
      resultOf: (run) => Promise.resolve({ ...run.result, success: run.status === 'succeeded' }),
    });
  }

  const startStraight = (input: JsonObject, client = ours) => {
    const workflowId = `tenant-creation-${uuidv7()}`;
    return client.workflow.start('tenantCreationWorkflow', {
      workflowId,
      taskQueue: 'tenant-creation',
      args: [input],
    });
  };

  it('creates the same rows and gives the documented answer to whoever starts one straight', async () => {
    const handle = await startStraight({ tenantName: 'Straight', value: 'v' });
    expect(await handle.result()).toMatchObject({ success: true, value: 'v' });
    const state = await handle.query<WorkflowState>('getState');
    expect(state).toEqual({
      step: 'completed',
      progress: 100,
      tenantId: null,
      adminUserId: null,
      companyId: null,
      emailSent: false,
      error: null,
    });
    const { rows } = await bed.owner.query<{ id: string; status: string }>(
      'SELECT id, status FROM operation_runs WHERE workflow_id = $1',
      [handle.workflowId],
    );
    expect(rows).toMatchObject([{ status: 'succeeded' }]);
    expect(await bed.things(rows[0]?.id ?? '')).toHaveLength(4);
  });

  it('takes the input of a client that has no key, and names a refusal as documented', async () => {
    const handle = await startStraight({ name: 'wrong' }, plain);
    await expect(handle.result()).rejects.toMatchObject({ cause: { cause: { type: 'ValidationError' } } });
  });

  it('takes the signals cancel and update, and says where it stands', async () => {
    const handle = await startStraight({
      tenantName: 'S',
      value: 'old',
      script: { one: 'slow', two: 'slow', four: 'hang' },
    });
    await handle.signal('update', { field: 'value', value: 'new' });
    await handle.signal('update', { field: 'nonsense', value: 'x' });
    await expect
      .poll(async () => (await handle.query<WorkflowState>('getState')).step, { timeout: 10_000 })
      .toBe('four');
    await handle.signal('cancel', { reason: 'No longer wanted', cancelledBy: 'admin@example.com' });
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'run.cancelled' } });
    expect(await handle.query<WorkflowState>('getState')).toMatchObject({
      step: 'failed',
      error: 'run.cancelled',
    });
    const { rows } = await bed.owner.query(
      'SELECT message, cancelled_by, input FROM operation_runs WHERE workflow_id = $1',
      [handle.workflowId],
    );
    expect(rows).toMatchObject([
      { message: 'No longer wanted', cancelled_by: 'admin@example.com', input: { value: 'new' } },
    ]);
  });

  it('shows the step of a run that takes longer; the cancel of the workflow means the signal: compensations run', async () => {
    const id = await bed.start({ three: 'hang' });
    await bed.until(id, (run) => run.step === 'three');
    const shown = async () => {
      const { raw } = await plain.workflow.getHandle(id).describe();
      return raw.pendingActivities?.map(({ heartbeatDetails }) =>
        (heartbeatDetails?.payloads ?? []).map(({ data }) => Buffer.from(data ?? []).toString()),
      );
    };
    await expect.poll(shown, { timeout: 15_000 }).toEqual([['{"step":"three","progress":50}']]);
    await ours.workflow.getHandle(id).cancel();
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'failed', reasonCode: 'run.cancelled' });
    expect(await bed.things(id)).toEqual([]);
  }, 40_000);

  it('goes on with what cannot be cancelled, however it is asked', async () => {
    const id = await bed.start({ two: 'slow', three: 'slow' }, { plan: testPlan(FINAL) });
    await bed.until(id, (run) => run.step === 'two');
    await ours.workflow.getHandle(id).signal('cancel', { reason: 'No longer wanted' });
    await bed.until(id, (run) => run.step === 'three');
    await ours.workflow.getHandle(id).cancel();
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded', cancelRequestedAt: null });
    expect(await bed.things(id)).toHaveLength(4);
  });

  it('leaves nothing in plain text in a history', async () => {
    const id = await bed.start({}, { input: { value: 'canary-in-the-history' } });
    await bed.until(id, bed.ended);
    const { events } = await ours.workflow.getHandle(id).fetchHistory();
    const dump = Buffer.concat((events ?? []).map((event) => Buffer.from(JSON.stringify(event)))).toString();
    expect(dump).toContain('tenant.create');
    expect(dump).not.toContain('canary-in-the-history');
    expect(dump).not.toContain(Buffer.from('canary-in-the-history').toString('base64').slice(4, 20));
    const description = await ours.workflow.getHandle(id).describe();
    expect(description.typedSearchAttributes.getAll()).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ value: 'tenant.create' })]),
    );
  });

  it('starts a workflow again that somebody terminated', async () => {
    const id = await bed.start({ two: 'slow', three: 'slow' });
    await bed.until(id, (run) => run.step === 'two');
    await ours.workflow.getHandle(id).terminate();
    // The step under way still ends; then nobody is heard of for a minute, which is over now.
    await bed.until(id, (run) => run.stepPosition === 2);
    await bed.owner.query(`UPDATE operation_runs SET due_at = now() WHERE id = $1`, [id]);
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded' });
  });

  it('goes on with runs that the embedded engine left in the middle', async () => {
    await engine.stop();
    const embedded = createEmbeddedEngine({ db: bed.db, registry: bed.registry, pollMs: 100 });
    await embedded.start();
    const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow' });
    await bed.until(id, (run) => run.step === 'two');
    await embedded.stop();
    engine = makeEngine();
    await engine.start();
    const run = await bed.until(id, bed.ended);
    expect(run).toMatchObject({ status: 'succeeded', workflowId: id });
    expect((await bed.calls(id)).filter((call) => call.step === 'one')).toHaveLength(1);
  });

  it('leaves runs to the embedded engine on the way back', async () => {
    const id = await bed.start({ one: 'slow', two: 'slow', three: 'slow' });
    await bed.until(id, (run) => run.step === 'two');
    await engine.stop();
    const embedded = createEmbeddedEngine({ db: bed.db, registry: bed.registry, pollMs: 100 });
    await embedded.start();
    await bed.owner.query(
      `UPDATE operation_runs SET workflow_id = NULL, due_at = now() WHERE status IN ('queued', 'running')`,
    );
    const before = await bed.until(id, bed.ended);
    expect(before).toMatchObject({ status: 'succeeded' });
    expect((await bed.calls(id)).filter((call) => call.step === 'one')).toHaveLength(1);
    await embedded.stop();
    // The workflow that is still open finds nothing to do, should Temporal's workers ever come back.
    engine = makeEngine();
    await engine.start();
    await expect
      .poll(async () => (await ours.workflow.getHandle(id).describe()).status.name, { timeout: 15_000 })
      .not.toBe('RUNNING');
    expect(await bed.get(id)).toEqual(before);
  }, 40_000);

  it('says whether its worker works', async () => {
    const other = makeEngine();
    expect(await other.describe()).toMatchObject({ ok: true, detail: 'client only' });
    const starting = other.start();
    expect(await other.describe()).toMatchObject({ ok: false, detail: 'worker starting' });
    await starting;
    expect(await other.describe()).toMatchObject({ ok: true, detail: 'worker running' });
    await other.stop();
    expect(await other.describe()).toMatchObject({ ok: false });
  });

  it('answers the health check', async () => {
    const options = { workflowId: `health-${uuidv7()}`, taskQueue: 'tenant-creation' };
    expect(await ours.workflow.execute('healthCheckWorkflow', options)).toEqual({ status: 'healthy' });
    expect(await engine.describe()).toMatchObject({ engine: 'temporal', ok: true });
  });
});
