import { createGangwayClient, once } from './create-client.js';

/** Creates a tenant and waits until its admin can sign in. Gives the temporary password, and null once it was told. */
export async function provisionTenant(url: string, apiKey: string, email: string): Promise<string | null> {
  const { tenants, operationRuns } = createGangwayClient({ url, credential: apiKey }).provisioning;
  // With its key the call can be repeated: it is the same tenant.
  const tenant = await tenants.create.mutate({ client_name: 'Example Corp', email }, once(`tenant-${email}`));
  const operation_run_id = tenant.operation_run_id ?? '';
  await new Promise<void>((resolve, reject) => {
    operationRuns.events.subscribe({ operation_run_id }, { onComplete: resolve, onError: reject });
  });
  const run = await operationRuns.get.mutate({ operation_run_id });
  if (run.status === 'failed') throw new Error(run.reason_code ?? 'failed');
  const password = run.result?.['temporary_password'];
  return typeof password === 'string' ? password : null;
}
