import { SANDBOX_CLIENT_ID } from '@gangway/providers/microsoft-sandbox/directories';

/** Calls procedures as a signed-in member of the demo's workspace Acme. */
export interface Member {
  readonly workspaceId: string;
  readonly cookie: string;
  readonly query: <T>(path: string, input: object) => Promise<T>;
  readonly mutate: <T>(path: string, input: object) => Promise<T>;
}

/** Signs in over HTTP. Later calls may go to another server on the same data: `urlOf` says where. */
export async function signInMember(
  urlOf: () => string,
  email = 'owner@acme.example',
  password = 'gangway-demo-2026',
): Promise<Member> {
  const signIn = await post(urlOf(), 'auth.signIn', { email, password }, '');
  if (!signIn.ok) throw new Error(`${signIn.status} ${await signIn.text()}`);
  const cookie = signIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const workspace = await read<{ id: string }>(
    await fetch(`${urlOf()}/trpc/workspaces.get?input=${encodeURIComponent('{"workspaceId":"acme"}')}`, {
      headers: { cookie },
    }),
  );
  const workspaceId = workspace.id;
  return {
    workspaceId,
    cookie,
    query: async (path, input) =>
      read(
        await fetch(
          `${urlOf()}/trpc/${path}?input=${encodeURIComponent(JSON.stringify({ workspaceId, ...input }))}`,
          { headers: { cookie } },
        ),
      ),
    mutate: async (path, input) => read(await post(urlOf(), path, { workspaceId, ...input }, cookie)),
  };
}

/** Identifies a directory of the sandbox and gives it a connection. */
export async function connectDirectory(
  member: Member,
  domain: string,
  clientSecret: string,
): Promise<{ managedTenantId: string; onboardingSessionId: string; providerConnectionId: string }> {
  const found = await member.query<{ entraTenantId: string }>('managedTenants.discover', {
    domainOrId: domain,
  });
  const identified = await member.mutate<{
    managedTenantId: string;
    onboardingSessionId: string;
    version: number;
  }>('onboarding.identifyTenant', { entraTenantId: found.entraTenantId, name: domain, domain });
  const { managedTenantId, onboardingSessionId, version } = identified;
  const create = { displayName: domain, ...sandboxConnection(clientSecret) };
  const { providerConnectionId } = await member.mutate<{ providerConnectionId: string }>(
    'onboarding.selectConnection',
    { onboardingSessionId, version, create },
  );
  return { managedTenantId, onboardingSessionId, providerConnectionId };
}

export const sandboxConnection = (clientSecret: string) => ({
  cloud: 'sandbox',
  clientId: SANDBOX_CLIENT_ID,
  credential: { kind: 'client_secret', clientSecret },
});

function post(url: string, path: string, input: object, cookie: string): Promise<Response> {
  return fetch(`${url}/trpc/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(input),
  });
}

async function read<T>(response: Response): Promise<T> {
  const body = (await response.json()) as { result?: { data: T } };
  if (!body.result) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body.result.data;
}
