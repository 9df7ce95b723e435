import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { simulateFaults } from './simulate-faults.js';
import { type Directory, idIn, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET } from './directories.js';
import { baseOf, type SandboxContext } from './sandbox-context.js';
import { ALL_GRANTED, type TokenRefusal } from './scenarios.js';
import { sendTokenError } from './send-token-error.js';
import { verifyAssertion } from './verify-assertion.js';

/** Longer than any client waits, short enough not to hold up the end of the process. */
const HANG_MS = 30_000;

/** `POST /{tenant}/oauth2/v2.0/token`, client credentials only. */
export async function answerToken(
  ctx: SandboxContext,
  request: Request<{ tenant: string }>,
  response: Response,
): Promise<void> {
  const directory = ctx.consents.find(request.params.tenant);
  if (directory === null || directory.scenario.discovery === 'unknown') {
    return sendTokenError(ctx, request, response, { error: 'invalid_tenant', aadsts: 90002 });
  }
  if (await simulateFaults(ctx, directory, response)) return;
  const { tokenEndpoint } = directory.scenario;
  if (tokenEndpoint === 'hangs') await hang(response);
  if (tokenEndpoint) {
    request.socket.destroy();
    return;
  }
  const refusal = await validateRequest(ctx, request, directory);
  if (refusal) {
    const claims = refusal.policy === undefined ? null : toClaims(idIn(directory, refusal.policy));
    return sendTokenError(ctx, request, response, { ...refusal, claims });
  }
  await issueToken(ctx, request, response, directory);
}

/** Ends early when the client goes away, and never keeps the process alive. */
async function hang(response: Response): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await sleep(HANG_MS, undefined, { ref: false, signal: gone.signal }).catch(() => undefined);
}

async function issueToken(
  ctx: SandboxContext,
  request: Request,
  response: Response,
  directory: Directory,
): Promise<void> {
  const base = baseOf(ctx, request);
  const { tokenOf, granted = ALL_GRANTED } = directory.scenario;
  const { accessToken, expiresIn } = await ctx.signer.sign({
    issuer: `${base}/${directory.entraTenantId}/v2.0`,
    audience: base,
    tenantId: tokenOf === 'other_tenant' ? idIn(directory, 'another tenant') : directory.entraTenantId,
    clientId: SANDBOX_CLIENT_ID,
    roles: granted,
  });
  response.set('cache-control', 'no-store').json({
    token_type: 'Bearer',
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: accessToken,
  });
}

/** The challenge of a policy, as the token endpoint writes it: JSON as text. */
function toClaims(policyId: string): string {
  return JSON.stringify({ access_token: { capolids: { essential: true, values: [policyId] } } });
}

/** First what is wrong with the request, then what is special about the directory. */
async function validateRequest(
  ctx: SandboxContext,
  request: Request,
  directory: Directory,
): Promise<TokenRefusal | null> {
  const form = (request.body ?? {}) as Record<string, unknown>;
  const field = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
  if (field('grant_type') === '' || field('client_id') === '')
    return { error: 'invalid_request', aadsts: 900144 };
  if (field('grant_type') !== 'client_credentials') return { error: 'unsupported_grant_type', aadsts: 70003 };
  if (field('scope') !== `${baseOf(ctx, request)}/.default`) return { error: 'invalid_scope', aadsts: 70011 };
  if (field('client_id').toLowerCase() !== SANDBOX_CLIENT_ID)
    return { error: 'unauthorized_client', aadsts: 700016 };
  if (field('client_secret') === '' && field('client_assertion') === '')
    return { error: 'invalid_client', aadsts: 7000218 };
  if (field('client_assertion') !== '') {
    const audience = `${baseOf(ctx, request)}/${directory.entraTenantId}/oauth2/v2.0/token`;
    const refusal = await verifyAssertion(ctx, field('client_assertion'), audience);
    if (refusal) return refusal;
  } else if (field('client_secret') !== SANDBOX_CLIENT_SECRET) {
    return { error: 'invalid_client', aadsts: 7000215 };
  }
  const { tokenRefusal, laterRefusal, isCredentialSpreading } = directory.scenario;
  if (isCredentialSpreading && ctx.faults.isSpreading(directory)) {
    return { error: 'invalid_client', aadsts: field('client_assertion') === '' ? 7000215 : 700027 };
  }
  if (laterRefusal && ctx.faults.hasReadPolicies(directory)) return laterRefusal;
  return tokenRefusal ?? null;
}
