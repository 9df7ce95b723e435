import { afterAll, expect } from 'vitest';
import { startTestPartnerApi, type TestPartnerApi } from './test-partner-api.js';

/** The partner plane of a test file, to be awaited at its top; ends with it, and nothing unexpected may have happened. */
export async function openPartnerApi(
  ...options: Parameters<typeof startTestPartnerApi>
): Promise<TestPartnerApi> {
  const api = await startTestPartnerApi(...options);
  afterAll(async () => {
    expect(api.unexpected).toEqual([]);
    await api.close();
  });
  return api;
}
