import { afterAll } from 'vitest';
import { startTestApi, type TestApi } from './test-api.js';
import { callerOf, type Caller } from './test-caller.js';

/** The procedures of a test file, and who of workspace Acme most tests call them as. */
export interface Acme {
  readonly api: TestApi;
  readonly owner: Caller;
  readonly admin: Caller;
  readonly workspaceId: string;
}

/** Opens them, to be awaited at the top of the file; they end with it. */
export async function openAcme(...options: Parameters<typeof startTestApi>): Promise<Acme> {
  const api = await startTestApi(...options);
  afterAll(() => api.close());
  const owner = await callerOf(api, 'owner@acme.example');
  const admin = await callerOf(api, 'admin@acme.example');
  const workspaceId = String((await owner.query('workspaces.get', { workspaceId: 'acme' })).data['id']);
  return { api, owner, admin, workspaceId };
}
