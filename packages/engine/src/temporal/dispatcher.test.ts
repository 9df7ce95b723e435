import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../port.js';
import { dispatchRuns } from '../store/dispatch-runs.js';
import { checkEverything } from '../testing/check-everything.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { createTestTemporalEngine, TEST_PAYLOAD_KEYS } from '../testing/test-temporal-engine.js';
import { createPayloadCodec } from './payload-codec.js';
import { TASK_QUEUE } from './protocol.js';

describe.skipIf(!findTemporal())('the way of a queued row to Temporal', () => {
  let server: TemporalServer;
  let bed: TestBed;
  let engine: Engine | undefined;
  let connection: Connection;
  let client: Client;
  beforeAll(async () => {
    server = await startTemporal();
    bed = await createTestBed();
    connection = await Connection.connect({ address: server.address });
    const dataConverter = { payloadCodecs: [createPayloadCodec(TEST_PAYLOAD_KEYS)] };
    client = new Client({ connection, dataConverter });
  });
  afterEach(async () => {
    await engine?.stop();
    await checkEverything(bed);
  });
  afterAll(async () => {
    await connection.close();
    await bed.drop();
    await server.stop();
  });

  const work = () => {
    engine = createTestTemporalEngine(server.address, { db: bed.db, registry: bed.registry });
    return engine.start();
  };
  const startOf = (id: string) =>
    client.workflow.start('tenantCreationWorkflow', {
      workflowId: id,
      taskQueue: TASK_QUEUE,
      args: [{ operationRunId: id, type: 'tenant.create' }],
    });
  const steps = async (id: string) => (await bed.calls(id)).map((call) => call.step);
  const ALL = ['one', 'two', 'three', 'four'];

  it('loses no run that was committed while nobody worked, or whose dispatcher died before the start', async () => {
    const committed = await bed.start();
    expect(await bed.get(committed)).toMatchObject({ status: 'queued', workflowId: null });
    const taken = await bed.start();
    // A dispatcher that takes the row from the table, and is no more.
    const dispatched = await dispatchRuns(bed.sql, 50, 1_000);
    expect(dispatched.map((run) => run.id)).toEqual(expect.arrayContaining([committed, taken]));
    await work();
    for (const id of [committed, taken]) {
      expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded', workflowId: id });
      expect(await steps(id)).toEqual(ALL);
    }
  });

  it('starts nothing twice where a dispatcher died after the start, before it knew of it', async () => {
    const id = await bed.start({ one: 'slow', two: 'slow' });
    const handle = await startOf(id);
    await work();
    expect(await bed.until(id, bed.ended)).toMatchObject({ status: 'succeeded', workflowId: id });
    await handle.result();
    expect(await steps(id)).toEqual(ALL);
    const { firstExecutionRunId } = handle;
    expect((await client.workflow.getHandle(id).describe()).runId).toBe(firstExecutionRunId);
  });

  it('does nothing for a start that comes when the run has ended', async () => {
    await work();
    const id = await bed.start();
    const before = await bed.until(id, bed.ended);
    await expect
      .poll(async () => (await client.workflow.getHandle(id).describe()).status.name)
      .toBe('COMPLETED');
    await (await startOf(id)).result();
    expect(await bed.get(id)).toEqual(before);
    expect(await steps(id)).toEqual(ALL);
  });
});
