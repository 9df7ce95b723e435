import { expect } from '@playwright/test';

/** An answer of the partner plane. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface RunEvent {
  readonly id: number;
  readonly kind: string;
  readonly progress: number;
  readonly step: string | null;
  readonly status: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
}

/** Gets a partner's access token with its client credentials, by form body. */
export async function fetchToken(base: string, clientId: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: `${clientId}-secret` };
  const response = await fetch(`${base}/api/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const token = (await response.json()) as { access_token: string; token_type: string; expires_in: number };
  expect(token).toMatchObject({ token_type: 'Bearer', expires_in: expect.any(Number) });
  return token.access_token;
}

export async function callPartner(
  base: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${base}/api/provisioning${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
}

/** Follows a run by its event stream from after the event `lastEventId`, until the server ends it with the run. */
export async function followRun(
  base: string,
  token: string,
  operationRunId: string,
  lastEventId = 0,
): Promise<RunEvent[]> {
  const response = await fetch(`${base}/api/provisioning/operation-runs/${operationRunId}/events`, {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': String(lastEventId) },
    signal: AbortSignal.timeout(30_000),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = await response.text();
  return [...text.matchAll(/^id: (\d+)\nevent: (\S+)\ndata: (.+)$/gm)].map(([, id, kind, data]) => {
    const { run } = JSON.parse(data ?? '') as { run: Omit<RunEvent, 'id' | 'kind'> };
    return { id: Number(id), kind: kind ?? '', ...run };
  });
}

/** Creates a tenant and waits until its admin can come. */
export async function provision(
  base: string,
  token: string,
  tenant: Record<string, string>,
): Promise<Answer> {
  const created = await callPartner(base, token, 'POST', '/tenants', tenant);
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  const events = await followRun(base, token, String(created.body['operation_run_id']));
  expect(events.at(-1)).toMatchObject({ status: 'succeeded', progress: 100 });
  return created;
}

/** The mails to one address, newest first, as the demo shows them. */
export async function readMails(base: string, to: string): Promise<Mail[]> {
  const { items } = (await (await fetch(`${base}/api/demo/mailbox`)).json()) as { items: Mail[] };
  return items.filter((mail) => mail.to === to);
}

/** The temporary password as the welcome mail says it. */
export function passwordIn(mail: Mail | undefined): string {
  const password = /^Temporary password: (\S+)$/m.exec(mail?.text ?? '')?.[1];
  if (!password) throw new Error(`No temporary password in: ${String(mail?.text)}`);
  return password;
}
