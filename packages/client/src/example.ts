import { createGangwayClient } from './create-client.js';

/** Creates a tenant and waits until its admin can sign in; gives the temporary password, which is told once. */
export async function provisionTenant(url: string, apiKey: string, email: string): Promise<string> {
  const gangway = createGangwayClient({ url, credential: apiKey });
  const tenant = await gangway.provisioning.tenants.create.mutate({ client_name: 'Example Corp', email });
  for (;;) {
    const run = await gangway.provisioning.operationRuns.get.mutate({
      operation_run_id: tenant.operation_run_id ?? '',
    });
    if (run.status === 'failed') throw new Error(run.reason_code ?? 'failed');
    if (run.status === 'succeeded') return String(run.result?.['temporary_password']);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
