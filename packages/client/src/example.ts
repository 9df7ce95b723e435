import { createGangwayClient, idempotencyKey, isGangwayError, waitForRun } from './index.js';

/** Creates a tenant and waits until its admin can sign in. Gives the temporary password: null if someone has read it, or cancelled the creation. */
export async function provisionTenant(url: string, apiKey: string, email: string): Promise<string | null> {
  const client = createGangwayClient({ url, apiKey });
  const input = { client_name: 'Example Corp', email };
  // With its key the call can be repeated: it is the same tenant.
  const tenant = await client.provisioning.tenants.create.mutate(input, idempotencyKey(`tenant-${email}`));
  try {
    const run = await waitForRun(client, tenant.operation_run_id ?? '', { timeoutMs: 120_000 });
    const password = run.result?.['temporary_password'];
    return typeof password === 'string' ? password : null;
  } catch (error) {
    if (isGangwayError(error, 'run.cancelled')) return null;
    throw error;
  }
}
