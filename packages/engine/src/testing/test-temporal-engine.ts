import { fileURLToPath } from 'node:url';
import { createTemporalEngine } from '../temporal/engine.js';
import type { TemporalOptions } from '../temporal/options.js';

/** Built: Temporal bundles JavaScript. */
export const TEST_WORKFLOWS = fileURLToPath(new URL('../../dist/testing/test-workflows.js', import.meta.url));
export const TEST_PAYLOAD_KEYS = [{ kid: 'test', key: new Uint8Array(32).fill(7) }];

export function createTestTemporalEngine(
  address: string,
  options: Pick<TemporalOptions, 'db' | 'registry'> & Partial<TemporalOptions>,
) {
  return createTemporalEngine({
    config: { address, namespace: 'default' },
    workflowsPath: TEST_WORKFLOWS,
    payloadKeys: TEST_PAYLOAD_KEYS,
    pollMs: 200,
    drainMs: 2_000,
    ...options,
  });
}
