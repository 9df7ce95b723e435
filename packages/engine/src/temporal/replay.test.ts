import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startTemporal } from '../testing/temporal-server.js';
import { createTestBed } from '../testing/test-bed.js';
import {
  createTestTemporalEngine,
  TEST_PAYLOAD_KEYS,
  TEST_WORKFLOWS,
} from '../testing/test-temporal-engine.js';
import { bundlerOptions } from './bundler-options.js';
import { installRuntime } from './install-runtime.js';
import { createPayloadCodec } from './payload-codec.js';

const HISTORIES = fileURLToPath(new URL('../../histories/', import.meta.url));
const dataConverter = { payloadCodecs: [createPayloadCodec(TEST_PAYLOAD_KEYS)] };
const files = (await readdir(HISTORIES)).filter((name) => name.endsWith('.json'));

// What workflows did before this change: if they would do otherwise now, runs in flight would break at the next deploy.
// Then the change needs `patched`, or, where no run can be in flight, new histories (RECORD_HISTORIES=1).
describe('recorded histories', () => {
  it.runIf(process.env['RECORD_HISTORIES'])('are recorded', record, 60_000);

  it.each(files)('%s is replayed by the workflows of today', async (file) => {
    installRuntime(undefined);
    const history: unknown = JSON.parse(await readFile(`${HISTORIES}${file}`, 'utf8'));
    const options = { workflowsPath: TEST_WORKFLOWS, dataConverter, bundlerOptions };
    await expect(Worker.runReplayHistory(options, history)).resolves.toBeUndefined();
  });

  it('there are some', () => {
    expect(files).toEqual(['cancelled.json', 'rolled-back.json', 'succeeded.json']);
  });
});

async function record(): Promise<void> {
  const server = await startTemporal();
  const bed = await createTestBed();
  const engine = createTestTemporalEngine(server.address, { db: bed.db, registry: bed.registry });
  await engine.start();
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection, dataConverter });
  const save = async (name: string, id: string) => {
    await bed.until(id, bed.ended);
    const handle = client.workflow.getHandle(id);
    await expect.poll(async () => (await handle.describe()).status.name).not.toBe('RUNNING');
    const text = historyToJSON(await handle.fetchHistory());
    await writeFile(
      `${HISTORIES}${name}.json`,
      `${JSON.stringify(JSON.parse(text, withoutPlace), null, 2)}\n`,
    );
  };
  await save('succeeded', await bed.start({ two: 'flaky' }));
  await save('rolled-back', await bed.start({ three: 'refused' }));
  const cancelled = await bed.start({ two: 'hang' });
  await bed.until(cancelled, (run) => run.step === 'two');
  await engine.signal(cancelled, { kind: 'cancel', reason: null, by: 'Somebody' });
  await save('cancelled', cancelled);
  await connection.close();
  await engine.stop();
  await bed.drop();
  await server.stop();
}

/** A history names the machine it was recorded on in three places. */
function withoutPlace(key: string, value: unknown): unknown {
  if (key === 'identity') return 'worker';
  if (key === 'name' && typeof value === 'string') return value.replace(`${hostname()}-`, 'worker-');
  return key === 'stackTrace' ? '' : value;
}
