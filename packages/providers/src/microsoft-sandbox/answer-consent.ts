import { GRAPH_PERMISSIONS } from '@gangway/contract/graph-permissions';
import type { Request, Response } from 'express';
import { findDirectory, SANDBOX_CLIENT_ID } from './directories.js';
import { baseOf, type SandboxContext } from './sandbox-context.js';
import { ALL_GRANTED } from './scenarios.js';

/**
 * `GET /{tenant}/v2.0/adminconsent`: the consent page. Both answers are links, so that the page needs neither a script
 * nor a form. It goes back to registered addresses only; anything else gets Entra's error page.
 */
export function answerConsent(
  ctx: SandboxContext,
  request: Request<{ tenant: string }>,
  response: Response,
): void {
  const directory = findDirectory(request.params.tenant);
  const query = (name: string): string =>
    typeof request.query[name] === 'string' ? request.query[name] : '';
  if (directory === null)
    return sendPage(response, 400, 'Sandbox: sign-in error', '<p>AADSTS90002: there is no such tenant.</p>');
  if (query('client_id').toLowerCase() !== SANDBOX_CLIENT_ID) {
    return sendPage(
      response,
      400,
      'Sandbox: sign-in error',
      '<p>AADSTS700016: the application is unknown here.</p>',
    );
  }
  const allowed = [new URL(baseOf(request)).origin, ...ctx.redirectOrigins];
  const redirect = URL.canParse(query('redirect_uri')) ? new URL(query('redirect_uri')) : null;
  if (
    redirect === null ||
    !allowed.includes(redirect.origin) ||
    directory.domain.startsWith('consent-redirect-mismatch.')
  ) {
    return sendPage(
      response,
      400,
      'Sandbox: sign-in error',
      '<p>AADSTS50011: the return address is not registered.</p>',
    );
  }
  const back = (answer: Record<string, string>): string => {
    const url = new URL(redirect);
    const fields = { ...answer, tenant: directory.entraTenantId, state: query('state') };
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    return escapeHtml(url.href);
  };
  const accept = back({ admin_consent: 'True', scope: `${baseOf(request)}/.default` });
  // Entra says admin_consent=True here too, so a client has to look at `error` first.
  const decline = back({
    error: 'access_denied',
    error_description: 'AADSTS65004: Declined.',
    admin_consent: 'True',
  });
  const isRefused = directory.domain.startsWith('consent-declined.');
  const permissions = ALL_GRANTED.map(
    (name) => `<li><strong>${name}</strong>: ${GRAPH_PERMISSIONS[name].reads}</li>`,
  ).join('');
  sendPage(
    response,
    200,
    'Sandbox: permissions requested',
    `<p>${escapeHtml(directory.displayName)} is an emulated directory. Nothing leaves this server.</p><ul>${permissions}</ul>
     <p>${isRefused ? '' : `<a href="${accept}">Accept</a> &middot; `}<a href="${decline}">Cancel</a></p>`,
  );
}

function sendPage(response: Response, status: number, title: string, body: string): void {
  response
    .status(status)
    .set('cache-control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`,
    );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
