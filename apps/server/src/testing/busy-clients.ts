import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEMO_KEY } from './partner-client.js';

/** A request of one kind, sent over and over. */
interface BusyRequest {
  readonly name: string;
  readonly send: () => Promise<Response>;
}

/** What became of the requests. */
export interface BusyReport {
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Requests without an answer, and answers that are neither the expected one nor "come back in a moment". */
  readonly faults: readonly string[];
}

export interface BusyClients {
  stop(): Promise<BusyReport>;
}

/** No answer within this time is a hang. Generous: nothing is timed here. */
const HANG_MS = 30_000;

/** Reads everything there is to be read on both planes again and again, and polls `/readyz` three times beside it. */
export async function startBusyClients(
  url: string,
  ids: { tenant: string; runId: string },
  session: { cookie: string; workspaceId: string },
): Promise<BusyClients> {
  const stopping = new AbortController();
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  const repeat = async ({ name, send }: BusyRequest): Promise<void> => {
    while (!stopping.signal.aborted) {
      // A kept-alive connection may be closed at the moment it is used again: clients repeat what they only read.
      const fault = await send()
        .catch(send)
        .then(
          async (response) => {
            await response.arrayBuffer();
            statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
            if (response.status === 200) return null;
            const retryAfter = Number(response.headers.get('retry-after'));
            return response.status === 503 && retryAfter > 0 ? null : `${name}: ${response.status}`;
          },
          (error: unknown) => `${name}: ${describe(error)}`,
        );
      if (fault !== null) faults.push(fault);
      await sleep(20);
    }
  };
  const get = (path: string, headers: Record<string, string> = {}): BusyRequest => ({
    name: path,
    send: () => fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(HANG_MS) }),
  });
  const requests = [
    ...(await listPartnerPaths(ids)).map((path) => get(path, { authorization: `Bearer ${DEMO_KEY}` })),
    ...listProcedures(session.workspaceId).map((path) => get(path, { cookie: session.cookie })),
    signIn(url),
    ...['/livez', '/readyz', '/readyz', '/readyz', '/metrics', '/api/demo/mailbox'].map((path) => get(path)),
  ];
  const loops = requests.map(repeat);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      return { statuses, faults };
    },
  };
}

/** fetch says why only in the cause. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
  return `${String(error)} ${cause}`;
}

/** What partners can read, as the published document says it, of one tenant and one run. */
async function listPartnerPaths({ tenant, runId }: { tenant: string; runId: string }): Promise<string[]> {
  const file = new URL('../../../../docs/openapi.json', import.meta.url);
  const { paths } = JSON.parse(await readFile(file, 'utf8')) as { paths: Record<string, object> };
  return Object.entries(paths)
    .filter(([path, methods]) => 'get' in methods && !path.endsWith('/events'))
    .map(([path]) => path.replace('tenants/{id}', `tenants/${tenant}`).replace('runs/{id}', `runs/${runId}`))
    .filter((path) => !path.includes('{'));
}

function listProcedures(workspaceId: string): string[] {
  const ofWorkspace = ['audit.list', 'members.list', 'workspaces.get', 'operations.types', 'operations.list'];
  const procedures: [string, object][] = [
    ['auth.me', {}],
    ['auth.sessions', {}],
    ['workspaces.list', {}],
    ...ofWorkspace.map((path): [string, object] => [path, { workspaceId }]),
    ['connections.list', { workspaceId }],
    ['managedTenants.list', { workspaceId }],
  ];
  return procedures.map(
    ([path, input]) => `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
  );
}

function signIn(url: string): BusyRequest {
  const body = JSON.stringify({ email: 'owner@acme.example', password: 'gangway-demo-2026' });
  return {
    name: 'auth.signIn',
    send: () =>
      fetch(`${url}/trpc/auth.signIn`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(HANG_MS),
      }),
  };
}

/** Follows a run as partners do: comes back with the last event it has. Gives the ids in the order they came. */
export async function followRun(url: string, runId: string): Promise<number[]> {
  const ids: number[] = [];
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(100)) {
    const headers = { authorization: `Bearer ${DEMO_KEY}`, 'last-event-id': String(ids.at(-1) ?? 0) };
    const response = await fetch(`${url}/api/provisioning/operation-runs/${runId}/events`, { headers });
    const text = await response.text().catch(() => '');
    if (response.status !== 200) {
      if (response.status !== 503) throw new Error(`The stream of ${runId} was answered ${response.status}`);
      continue;
    }
    ids.push(...[...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)));
    if (/^event: run\.finished$/m.test(text) || /"status":"(succeeded|failed)"/.test(text)) return ids;
  }
  throw new Error(`The stream of ${runId} came to no end`);
}
