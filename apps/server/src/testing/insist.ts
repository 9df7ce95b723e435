import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type AcceptedTenant, callPartner } from './partner-client.js';

/**
 * Creates a tenant as partners do: the same request under the same key until it is accepted. On the way every answer is
 * one that says to come back: 503 or 409 with Retry-After, as problem+json, in bounded time.
 */
export async function insistOnTenant(urlOf: () => string, name: string): Promise<AcceptedTenant> {
  const body = { client_name: name, email: `${name}@example.com`, company_name: `${name} Ltd` };
  let last = '';
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(300)) {
    const answer = await callPartner(urlOf(), 'POST', '/tenants', { body, key: name });
    if (answer.status === 201)
      return { tenant: String(answer.body['tenant']), runId: String(answer.body['operation_run_id']) };
    last = answer.text;
    expect([409, 503], last).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    if (answer.status === 409) expect(answer.body['reason_code']).toBe('idempotency.in_flight');
  }
  throw new Error(`${name} was not accepted in time: ${last}`);
}
