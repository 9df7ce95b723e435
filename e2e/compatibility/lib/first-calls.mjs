import { equal, ok } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_RUN_MS = 60_000;

/** Signs in as the owner of the demo's workspace, and lists workspaces with the cookie. @throws Error */
export async function signIn({ url, user }) {
  const response = await fetch(`${url}/trpc/auth.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(user),
  });
  equal(response.status, 200, `signing in answered ${response.status}`);
  const cookie = response.headers.getSetCookie()[0].split(';')[0];
  const listed = await fetch(`${url}/trpc/workspaces.list`, { headers: { cookie } });
  equal(listed.status, 200, `the workspaces answered ${listed.status}`);
  const { result } = await listed.json();
  ok(
    result.data.items.some(({ slug }) => slug === 'acme'),
    'the workspace Acme is not listed',
  );
}

/** Creates a tenant over REST with the API key, and waits until its run has succeeded. @throws Error */
export async function createTenant(
  { url, apiKey },
  email = `first-call-${Date.now()}@compatibility.example`,
) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ client_name: 'Compatibility', email });
  const response = await fetch(`${url}/api/provisioning/tenants`, { method: 'POST', headers, body });
  equal(response.status, 201, `the creation answered ${response.status}`);
  const { operation_run_id: id } = await response.json();
  const deadline = Date.now() + LONGEST_RUN_MS;
  for (;;) {
    const run = await (await fetch(`${url}/api/provisioning/operation-runs/${id}`, { headers })).json();
    if (run.status === 'succeeded') return;
    if (!['queued', 'running'].includes(run.status) || Date.now() > deadline)
      throw new Error(`the run of the creation is ${run.status}: ${run.reason_code}`);
    await sleep(100);
  }
}
