import { expect, test, useServer } from './fixtures.js';
import { connectByCall, startVerificationByCall, untilFinished } from './onboarding-by-call.js';
import { call, SANDBOX_CLIENT_ID, signInByCall } from './people.js';

// What Microsoft can answer to a connection that was made a moment ago, from the form to the end of the run.

const server = useServer();

const ENDS = [
  ['tenant-inactive', 'failed', 'tenant.inactive'],
  ['tenant-unmanaged', 'failed', 'tenant.unmanaged'],
  ['app-deactivated', 'failed', 'app.deactivated'],
  ['app-disabled-by-microsoft', 'failed', 'app.disabled_by_microsoft'],
  ['consent-wrong-account', 'failed', 'consent.wrong_account'],
  ['permission-ineffective', 'failed', 'permission.ineffective'],
  ['permission-excessive', 'succeeded', null],
  // Refused at first, and waited for.
  ['credential-propagating', 'succeeded', null],
  ['credential-invalid', 'failed', 'credential.invalid'],
] as const;

for (const [scenario, status, reasonCode] of ENDS) {
  test(`${scenario}: a verification ends with ${reasonCode ?? status}`, async ({ request }) => {
    const base = server.url();
    await signInByCall(request, base, 'owner@acme.example');
    const directory = { domain: `${scenario}.sandbox.example`, name: scenario };
    const connected = await connectByCall(request, base, directory);
    const runId = await startVerificationByCall(request, base, connected);
    const run = await untilFinished(request, base, connected.workspaceId, runId);
    expect(run).toMatchObject({ status, reasonCode });
  });
}

test('permission-revoked: what a consent took away is told by the next verification', async ({ request }) => {
  const base = server.url();
  await signInByCall(request, base, 'owner@acme.example');
  const domain = 'permission-revoked.sandbox.example';
  const connected = await connectByCall(request, base, { domain, name: 'Adatum' });
  const verify = async () =>
    untilFinished(
      request,
      base,
      connected.workspaceId,
      await startVerificationByCall(request, base, connected),
    );
  expect(await verify()).toMatchObject({ status: 'failed', reasonCode: 'permission.missing' });
  const query = new URLSearchParams({
    client_id: SANDBOX_CLIENT_ID,
    redirect_uri: `${base}/consent/return`,
    state: 'none',
  });
  const page = `${base}/sandbox/${domain}/v2.0/adminconsent?${query.toString()}`;
  await request.post(page, { form: { answer: 'Accept' }, maxRedirects: 0 });
  const warned = { status: 'succeeded', warnings: [{ reasonCode: 'permission.revoked' }] };
  expect(await verify()).toMatchObject(warned);
  expect(await verify()).toMatchObject({ status: 'succeeded', warnings: [] });
});

test('policy-switched-on: a policy of the snapshot is named by the verification that it blocks', async ({
  request,
}) => {
  const base = server.url();
  await signInByCall(request, base, 'owner@acme.example');
  const directory = { domain: 'policy-switched-on.sandbox.example', name: 'Northwind' };
  const connected = await connectByCall(request, base, directory);
  const { workspaceId, managedTenantId } = connected;
  const verify = async () =>
    untilFinished(request, base, workspaceId, await startVerificationByCall(request, base, connected));
  expect(await verify()).toMatchObject({ status: 'succeeded' });
  const { operationRunId } = await call<{ operationRunId: string }>(
    request,
    base,
    'operations.start',
    'mutation',
    {
      workspaceId,
      managedTenantId,
      operationType: 'posture.conditional_access',
    },
  );
  expect(await untilFinished(request, base, workspaceId, operationRunId)).toMatchObject({
    status: 'succeeded',
  });
  const blocked = await verify();
  expect(blocked).toMatchObject({ status: 'failed', reasonCode: 'policy.conditional_access' });
  const signIn = blocked.checks?.find(({ key }) => key === 'sign_in');
  expect(signIn?.policies).toMatchObject([{ displayName: 'Block sign-in from unknown countries' }]);
});
