import { randomUUID } from 'node:crypto';
import { GRAPH_PERMISSIONS } from '@gangway/contract/graph-permissions';
import type { Request, Response } from 'express';
import { type ConsentAnswer, sendConsentPage, sendErrorPage } from './consent-page.js';
import { type Directory, findDirectory, SANDBOX_CLIENT_ID } from './directories.js';
import { baseOf, type SandboxContext } from './sandbox-context.js';
import { ALL_GRANTED, type ConsentRefusal } from './scenarios.js';

type ConsentCall = Request<{ tenant: string }>;

/** `GET /{tenant}/v2.0/adminconsent`: the consent page, a form without a script. */
export function answerConsent(ctx: SandboxContext, request: ConsentCall, response: Response): void {
  const asked = validateRequest(ctx, request);
  if (typeof asked === 'string') return sendErrorPage(response, asked);
  const { directory, redirect } = asked;
  const answers: ConsentAnswer[] = directory.domain.startsWith('consent-declined.')
    ? ['Cancel']
    : ['Accept', 'Cancel'];
  const givenAt = ctx.consents.givenAt(directory);
  sendConsentPage(response, {
    directory: directory.displayName,
    permissions: ALL_GRANTED.map((name) => ({ name, reads: GRAPH_PERMISSIONS[name].reads })),
    givenAt,
    answers: givenAt ? [...answers, 'Withdraw'] : answers,
    returnsTo: redirect.origin,
  });
}

/**
 * The answer to that page. Back to registered addresses only, as Entra does; accepting is what the directory remembers.
 * Withdrawing, which Entra has elsewhere, shows the page again.
 */
export function takeConsent(ctx: SandboxContext, request: ConsentCall, response: Response): void {
  const asked = validateRequest(ctx, request);
  if (typeof asked === 'string') return sendErrorPage(response, asked);
  const { directory, redirect } = asked;
  const { answer } = (request.body ?? {}) as { answer?: unknown };
  if (answer === 'Withdraw') {
    ctx.consents.withdraw(directory);
    return response.redirect(303, request.originalUrl);
  }
  const { consentRefusal } = directory.scenario;
  const isAccepted =
    answer === 'Accept' && !directory.domain.startsWith('consent-declined.') && consentRefusal === undefined;
  if (isAccepted) ctx.consents.give(directory);
  const fields = isAccepted
    ? { admin_consent: 'True', scope: `${baseOf(ctx, request)}/.default` }
    : // Entra says admin_consent=True here too, so a client has to look at `error` first.
      { ...toRefusalFields(consentRefusal ?? DECLINED, ctx.now()), admin_consent: 'True' };
  const answered = { ...fields, tenant: directory.entraTenantId, state: queryOf(request, 'state') };
  for (const [name, value] of Object.entries(answered)) redirect.searchParams.set(name, value);
  response.redirect(303, redirect.href);
}

const DECLINED: ConsentRefusal = { error: 'access_denied', aadsts: 65004 };

function toRefusalFields({ error, aadsts, subcode }: ConsentRefusal, now: Date): Record<string, string> {
  const ids = `Trace ID: ${randomUUID()}\r\nCorrelation ID: ${randomUUID()}\r\nTimestamp: ${now.toISOString()}`;
  return {
    error,
    ...(aadsts === undefined ? {} : { error_description: `AADSTS${aadsts}: Sandbox.\r\n${ids}` }),
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
  };
}

/** Who is asked and where the answer goes, or what Entra's error page would say. */
function validateRequest(
  ctx: SandboxContext,
  request: ConsentCall,
): { readonly directory: Directory; readonly redirect: URL } | string {
  const directory = findDirectory(request.params.tenant);
  if (directory === null) return 'AADSTS90002: there is no such tenant.';
  if (queryOf(request, 'client_id').toLowerCase() !== SANDBOX_CLIENT_ID)
    return 'AADSTS700016: the application is unknown here.';
  const allowed = [new URL(baseOf(ctx, request)).origin, ...ctx.redirectOrigins];
  const address = queryOf(request, 'redirect_uri');
  const redirect = URL.canParse(address) ? new URL(address) : null;
  const isRegistered = redirect !== null && allowed.includes(redirect.origin);
  return isRegistered && !directory.domain.startsWith('consent-redirect-mismatch.')
    ? { directory, redirect }
    : 'AADSTS50011: the return address is not registered.';
}

function queryOf(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
}
