import { describe, expect, it } from 'vitest';
import { findTemporal, startTemporal } from './temporal-server.js';

const found = findTemporal();

describe.runIf(found !== null && 'binary' in found)('a Temporal server for tests', () => {
  it('is not taken for ours where another one has its port', { timeout: 60_000 }, async () => {
    const first = await startTemporal();
    try {
      const port = Number(new URL(`http://${first.address}`).port);
      await expect(startTemporal({ port })).rejects.toThrow('The Temporal server did not start');
    } finally {
      await first.stop();
    }
  });
});
