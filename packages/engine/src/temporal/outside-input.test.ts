import { Client, Connection } from '@temporalio/client';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../port.js';
import { StepError } from '../step.js';
import { findTemporal, startTemporal, type TemporalServer } from '../testing/temporal-server.js';
import { createTestBed, type TestBed } from '../testing/test-bed.js';
import { testPlan } from '../testing/test-plan.js';
import { createTestTemporalEngine } from '../testing/test-temporal-engine.js';
import { TASK_QUEUE } from './protocol.js';

/** How long a run may take on a busy machine. Only a bound for what never ends. */
const TIMEOUT_MS = 60_000;

describe.skipIf(!findTemporal())(
  'what anybody in the namespace may send',
  { timeout: 2 * TIMEOUT_MS },
  () => {
    let server: TemporalServer;
    let bed: TestBed;
    let engine: Engine;
    let connection: Connection;
    let client: Client;
    const logged: string[] = [];
    /** As the product's log does: errors are written down where they stand by themselves, and nowhere else. */
    const note = ({ err, ...fields }: { err?: unknown }, message: string) =>
      void logged.push(
        JSON.stringify({ message, ...fields, err: err instanceof Error ? err.message : null }),
      );

    beforeAll(async () => {
      server = await startTemporal();
      bed = await createTestBed();
      engine = createTestTemporalEngine(server.address, {
        db: bed.db,
        registry: bed.registry,
        log: { warn: note, error: note },
        adopt: () => Promise.reject(new StepError('validation.failed')),
      });
      await engine.start();
      connection = await Connection.connect({ address: server.address });
      client = new Client({ connection });
    }, TIMEOUT_MS);
    afterAll(async () => {
      await engine.stop();
      await connection.close();
      await bed.drop();
      await server.stop();
    });

    const failedTasks = async (workflowId: string) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return (events ?? []).filter((event) => event.workflowTaskFailedEventAttributes).length;
    };

    /** What a workflow logs comes when its task has ended. */
    const expectIgnored = (signal: string) =>
      expect
        .poll(() => logged.filter((line) => line.includes('ignored') && line.includes(`"${signal}"`)), {
          timeout: TIMEOUT_MS,
        })
        .toHaveLength(1);

    it.each<[string, ...unknown[]]>([
      ['update'],
      ['update', null],
      ['update', 'contractLine'],
      ['update', { value: 'new' }],
      ['update', { field: 7, value: 'new' }],
      ['update', { field: 'value' }],
      ['cancel', null],
      ['cancel', 'now'],
      ['cancel', 42],
      ['cancel', ['now']],
      ['cancel', { reason: { text: 'now' } }],
      ['cancel', { cancelledBy: 1 }],
      ['nonsense', { field: 'value', value: 'new' }],
    ])('the malformed signal %s %j is logged and changes nothing', async (signal, ...args) => {
      logged.length = 0;
      const id = await bed.start({ two: 'slow' }, { input: { value: 'old' } });
      await bed.until(id, (run) => run.step === 'two', TIMEOUT_MS);
      await client.workflow.getHandle(id).signal(signal, ...args);
      expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({
        status: 'succeeded',
        result: { value: 'old' },
      });
      expect(await failedTasks(id)).toBe(0);
      await expectIgnored(signal);
    });

    const unreadable = (encoding: string, data: string) => ({
      metadata: { encoding: new TextEncoder().encode(encoding) },
      data: new TextEncoder().encode(data),
    });
    const jwe = ({ kid }: { kid: string }) =>
      `${Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid })).toString('base64url')}..AAAA.AAAA.AAAA`;
    it.each([
      ['no JWE at all', unreadable('binary/jwe', 'nonsense')],
      ['a JWE that was changed', unreadable('binary/jwe', jwe({ kid: 'test' }))],
      ['a JWE under an unknown key', unreadable('binary/jwe', jwe({ kid: 'somebody else' }))],
      ['an encoding that is not known', unreadable('binary/of-the-future', '{}')],
      ['JSON that breaks off', unreadable('json/plain', '{"reason":')],
    ])(
      'signals whose argument is %s are logged and change nothing, and a query is answered',
      async (_title, payload) => {
        logged.length = 0;
        const id = await bed.start({ two: 'slow' }, { input: { value: 'old' } });
        await bed.until(id, (run) => run.step === 'two', TIMEOUT_MS);
        const workflowExecution = { workflowId: id };
        const to = { namespace: 'default', workflowExecution };
        const payloads = { payloads: [payload] };
        for (const signalName of ['cancel', 'update', 'progress', 'nonsense', '__temporal_nonsense'])
          await client.workflowService.signalWorkflowExecution({ ...to, signalName, input: payloads });
        const query = { queryType: 'getState', queryArgs: payloads };
        const { queryResult } = await client.workflowService.queryWorkflow({
          namespace: 'default',
          execution: workflowExecution,
          query,
        });
        expect(Buffer.from(queryResult?.payloads?.[0]?.data ?? []).toString()).toContain('"step"');
        expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({
          status: 'succeeded',
          result: { value: 'old' },
        });
        expect(await failedTasks(id)).toBe(0);
        for (const signal of ['cancel', 'update', 'progress', 'nonsense', '__temporal_nonsense'])
          await expectIgnored(signal);
      },
    );

    it('a cancel after malformed signals is heeded', async () => {
      const id = await bed.start({ two: 'hang' });
      await bed.until(id, (run) => run.step === 'two', TIMEOUT_MS);
      await client.workflow.getHandle(id).signal('cancel', null);
      await client.workflow.getHandle(id).signal('update');
      await engine.signal(id, { kind: 'cancel', reason: 'Enough', by: 'Somebody' });
      expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({
        status: 'failed',
        reasonCode: 'run.cancelled',
        message: 'Enough',
      });
    });

    it('a cancel without an argument, or with a reason no row could hold, is one', async () => {
      for (const args of [[], [{ reason: `Too\0 long ${'x'.repeat(2_000)}` }]]) {
        const id = await bed.start({ two: 'hang' });
        await bed.until(id, (run) => run.step === 'two', TIMEOUT_MS);
        await client.workflow.getHandle(id).signal('cancel', ...args);
        expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({ reasonCode: 'run.cancelled' });
      }
    });

    const someId = uuidv7();
    it.each<[string, ...unknown[]]>([
      ['tenantCreationWorkflow'],
      ['tenantCreationWorkflow', null],
      ['tenantCreationWorkflow', 'tenant'],
      ['tenantCreationWorkflow', 7],
      ['tenantCreationWorkflow', []],
      ['tenantCreationWorkflow', { operationRunId: null }],
      ['tenantCreationWorkflow', { operationRunId: 'x' }],
      ['tenantCreationWorkflow', { operationRunId: someId }],
      ['tenantCreationWorkflow', { operationRunId: someId, type: 'tenant.create' }],
      ['tenantCreationWorkflow', { operationRunId: someId, type: 'tenant.delete' }],
      ['operationRunWorkflow'],
      ['operationRunWorkflow', null],
      ['operationRunWorkflow', 'tenant'],
      ['operationRunWorkflow', { operationRunId: someId }],
      ['operationRunWorkflow', { operationRunId: someId, type: 'constructor' }],
      ['operationRunWorkflow', { operationRunId: someId, type: 'tenant.delete' }],
    ])('a start of %s with %j ends at once with a ValidationError', async (type, ...args) => {
      const handle = await client.workflow.start(type, {
        workflowId: `outside-${uuidv7()}`,
        taskQueue: TASK_QUEUE,
        args,
      });
      const error: unknown = await handle.result().then(
        () => null,
        (thrown: unknown) => thrown,
      );
      expect(innermost(error)).toMatchObject({ type: 'ValidationError', nonRetryable: true });
      expect(await failedTasks(handle.workflowId)).toBe(0);
    });

    it('a run of another type is no run of this workflow', async () => {
      const id = await bed.start({ two: 'slow' }, { plan: testPlan('tenant.delete') });
      const args = [{ operationRunId: id, type: 'tenant.create' }];
      const options = { workflowId: `outside-${uuidv7()}`, taskQueue: TASK_QUEUE, args };
      const error: unknown = await client.workflow
        .execute('tenantCreationWorkflow', options)
        .catch((thrown: unknown) => thrown);
      expect(innermost(error)).toMatchObject({ type: 'ValidationError' });
      expect(await bed.until(id, bed.ended, TIMEOUT_MS)).toMatchObject({ status: 'succeeded' });
    });

    it('a workflow that fails is logged with its cause', async () => {
      logged.length = 0;
      const id = await bed.start({ two: 'refused' });
      await bed.until(id, bed.ended, TIMEOUT_MS);
      const lines = () => logged.filter((line) => line.includes('"Workflow failed"'));
      await expect.poll(lines, { timeout: TIMEOUT_MS }).toHaveLength(1);
      expect(lines()[0]).toContain('tenant.duplicate');
    });
  },
);

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}
