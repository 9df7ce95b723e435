import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface AcceptedTenant {
  readonly tenant: string;
  readonly runId: string;
}

export const DEMO_KEY = 'gwk_demo_partner_admin';

/** Calls the partner plane over HTTP, as the demo's partner. Rejects where no answer came. */
export async function callPartner(
  url: string,
  method: string,
  path: string,
  options: { body?: unknown; key?: string; token?: string } = {},
): Promise<Answer> {
  const { body, key, token = DEMO_KEY } = options;
  const response = await fetch(`${url}/api/provisioning${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const { status, headers } = response;
  return { status, headers, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

/** Creates a tenant under a name of its own. @throws Error for any other answer than 201 */
export async function createTenant(
  url: string,
  name: string,
  more: Record<string, string> = {},
): Promise<AcceptedTenant> {
  const body = { client_name: name, email: `${name}@example.com`, company_name: `${name} Ltd`, ...more };
  const answer = await callPartner(url, 'POST', '/tenants', { body, key: name });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return { tenant: String(answer.body['tenant']), runId: String(answer.body['operation_run_id']) };
}

/** Looks at a run until it holds. Looked at by a credential that started nothing, so that no password is taken by it. */
export async function untilRun(
  url: string,
  runId: string,
  holds: (run: Record<string, unknown>) => boolean,
  timeoutMs = 40_000,
): Promise<Record<string, unknown>> {
  const token = await fetchToken(url, 'demo-integration');
  let last = '';
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
    const answer = await callPartner(url, 'GET', `/operation-runs/${runId}`, { token });
    if (answer.status === 200 && holds(answer.body)) return answer.body;
    last = answer.text;
  }
  throw new Error(`Not in time: ${last}`);
}

export const hasEnded = (run: Record<string, unknown>): boolean =>
  run['status'] === 'succeeded' || run['status'] === 'failed';

/** An access token for a client of the demo. */
export async function fetchToken(url: string, clientId: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: `${clientId}-secret` };
  const response = await fetch(`${url}/api/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return ((await response.json()) as { access_token: string }).access_token;
}
