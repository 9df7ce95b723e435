import type { Credential } from '@gangway/contract/connections';
import { afterEach, describe, expect, it } from 'vitest';
import { ProviderError } from '../errors.js';
import type { CheckResult, EarlierChecks, ProviderTarget } from '../port.js';
import { type JsonAnswer, type MicrosoftLab, openMicrosoft } from '../testing/microsoft-lab.js';
import { passedChecks } from '../testing/passed-checks.js';
import { selfSign } from '../testing/self-sign.js';
import { globalTarget } from '../testing/tenant-of.js';

// What Microsoft answers one after the other while a change reaches its parts.

let lab: MicrosoftLab | null = null;
afterEach(() => lab?.close());

const TOKEN: JsonAnswer = { body: { token_type: 'Bearer', expires_in: 3_599, access_token: 'opaque' } };
const refusal = (error: string, number: number): JsonAnswer => ({
  status: error === 'invalid_request' ? 400 : 401,
  body: { error, error_codes: [number], trace_id: 'spreads' },
});
const federated: Credential = {
  kind: 'federated',
  issuer: 'https://issuer.adatum.example',
  subject: 'workload:onboarding',
  audience: 'api://AzureADTokenExchange',
};
const justNow = () => new Date(Date.now() - 20_000).toISOString();

/** Answers in turn, the last one for good. */
function inTurn(answers: readonly JsonAnswer[]): () => JsonAnswer {
  let calls = 0;
  return () => answers[Math.min(calls++, answers.length - 1)] ?? {};
}

async function openTenant(
  token: readonly JsonAnswer[],
  graph: readonly JsonAnswer[] = [{ body: { value: [] } }],
) {
  const nextToken = inTurn(token);
  const nextGraph = inTurn(graph);
  lab = await openMicrosoft(({ host }) => (host === 'login' ? nextToken() : nextGraph()), {
    federatedAssertion: () => Promise.resolve('an.assertion.of-ours'),
  });
  return lab;
}

/** Tries a row as a run does, without its pauses; what had to be waited for, and how it ended. */
async function tryUntilDone(
  key: 'sign_in' | 'organization',
  target: ProviderTarget,
  earlier: EarlierChecks,
): Promise<{ waits: string[]; result: CheckResult | null }> {
  const waits: string[] = [];
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    try {
      const result = await lab?.provider.check(key, target, earlier, AbortSignal.timeout(9_000), attempt);
      return { waits, result: result ?? null };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      waits.push(error.reasonCode);
    }
  }
  return { waits, result: null };
}
const signIn = (changes: Partial<ProviderTarget>) =>
  tryUntilDone('sign_in', globalTarget(changes), passedChecks({ configuration: {}, tenant_discovery: {} }));

describe('what was changed a moment ago', () => {
  it('a consent: no service principal for two tries, then a token', async () => {
    const absent = refusal('invalid_client', 7000229);
    await openTenant([absent, absent, TOKEN]);
    const { waits, result } = await signIn({ consentedAt: justNow() });
    expect(waits).toEqual(['permission.propagating', 'permission.propagating']);
    expect(result?.check).toMatchObject({ status: 'pass' });
  });

  it('a consent: Graph does not know the identity, with two tokens, and then does', async () => {
    const unknown: JsonAnswer = { status: 401, body: { error: { code: 'Authorization_IdentityNotFound' } } };
    const target = globalTarget({ consentedAt: justNow() });
    const { entraTenantId: id } = target;
    const known: JsonAnswer = { body: { value: [{ id, verifiedDomains: [] }] } };
    await openTenant([TOKEN], [unknown, unknown, known]);
    const earlier = passedChecks({ token_claims: { tokenRoles: [] } });
    const { waits, result } = await tryUntilDone('organization', target, earlier);
    expect(waits).toEqual(['permission.propagating']);
    expect(result?.check).toMatchObject({ status: 'pass' });
  });

  it('a certificate: refused twice, then accepted', async () => {
    const credential: Credential = {
      kind: 'certificate',
      ...selfSign('adatum', new Date(Date.now() + 86_400_000)),
    };
    const rejected = refusal('invalid_client', 700027);
    await openTenant([rejected, rejected, TOKEN]);
    const { waits, result } = await signIn({ credential, credentialAddedAt: justNow() });
    expect(waits).toEqual(['credential.propagating', 'credential.propagating']);
    expect(result?.check).toMatchObject({ status: 'pass' });
  });

  it('a federated credential: accepted and refused in turn, also after it was accepted', async () => {
    const unmatched = refusal('invalid_request', 70021);
    await openTenant([unmatched, TOKEN, unmatched, unmatched, TOKEN]);
    const changes = { credential: federated, credentialAddedAt: justNow() };
    expect(await signIn(changes)).toMatchObject({
      waits: ['credential.propagating'],
      result: { check: { status: 'pass' } },
    });
    expect(await signIn(changes)).toMatchObject({
      waits: ['credential.propagating', 'credential.propagating'],
      result: { check: { status: 'pass' } },
    });
  });
});
