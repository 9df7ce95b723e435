import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { simulateFaults } from './simulate-faults.js';
import type { Directory } from './directories.js';
import { findRoute, type GraphRoute } from './graph-routes.js';
import { isAllowed } from './is-allowed.js';
import { readOptions } from './read-options.js';
import { baseOf, type SandboxContext } from './sandbox-context.js';
import { sendGraphError } from './send-graph-error.js';
import { toGraphBody } from './to-graph-body.js';
import type { VerifiedToken } from './token-signer.js';

/** `GET /v1.0/…`: who asks, the trouble of the directory, the route, its permission, its options, the answer. */
export async function answerGraph(ctx: SandboxContext, request: Request, response: Response): Promise<void> {
  response.set('request-id', randomUUID());
  const bearer = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '')?.[1];
  const token = bearer === undefined ? null : await ctx.signer.verify(bearer, baseOf(ctx, request));
  const directory = token && ctx.consents.find(token.tenantId);
  if (!token || !directory) {
    return sendGraphError(ctx, request, response, {
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: 'Access token is empty or not valid.',
    });
  }
  if (await simulateFaults(ctx, directory, response)) return;
  if (applyTrouble(ctx, directory, token, request, response)) return;
  const found = findRoute(request.path.replace(/^\/v1\.0/i, ''));
  if (found === null) return sendUnknownPath(ctx, request, response);
  const refusal = refuse(ctx, directory, token, found);
  if (refusal) return sendGraphError(ctx, request, response, refusal);
  const options = readOptions(request, found.route);
  if ('refusal' in options)
    return sendGraphError(ctx, request, response, { status: 400, ...options.refusal });
  if (found.route.isOfPolicies) ctx.faults.rememberPolicies(directory);
  const resource = found.route.read({ directory, now: ctx.now(), certificates: ctx.certificates }, found.key);
  if (resource === null) {
    return sendGraphError(ctx, request, response, {
      status: 404,
      code: 'Request_ResourceNotFound',
      message: 'The resource does not exist.',
    });
  }
  response.json(toGraphBody(resource, options, `${baseOf(ctx, request)}${request.path}`));
}

/** As Graph answers what it does not know. */
export function sendUnknownPath(ctx: SandboxContext, request: Request, response: Response): void {
  sendGraphError(ctx, request, response, {
    status: 400,
    code: 'BadRequest',
    message: 'Resource not found for the segment.',
  });
}

/** True: the directory is in trouble, and has answered. */
function applyTrouble(
  ctx: SandboxContext,
  directory: Directory,
  token: VerifiedToken,
  request: Request,
  response: Response,
): boolean {
  const { graph } = directory.scenario;
  if (graph === 'html') {
    response
      .status(200)
      .type('html')
      .send('<!doctype html><title>Sandbox</title><p>This is not the answer you are looking for.</p>');
    return true;
  }
  if (graph === undefined || !ctx.faults.isTroubled(token.id)) return false;
  response.set('retry-after', '3');
  if (graph === 'throttled')
    response.set('x-ms-throttle-scope', `Tenant_Application/ReadWrite/${token.clientId}/${token.tenantId}`);
  const error =
    graph === 'throttled'
      ? { status: 429, code: 'TooManyRequests', message: 'Sandbox: too many requests.' }
      : { status: 503, code: 'serviceNotAvailable', message: 'Sandbox: not available.' };
  sendGraphError(ctx, request, response, error);
  return true;
}

/** Why the caller may not read this, or null. */
function refuse(
  ctx: SandboxContext,
  directory: Directory,
  token: VerifiedToken,
  { route, key }: { readonly route: GraphRoute; readonly key: string },
): { status: number; code: string; message: string } | null {
  // An application may read itself: servicePrincipal-get and application-get say so.
  if (route.isOfApplication && key === token.clientId) return null;
  const { spreading, ineffective, hasIntune } = directory.scenario;
  const isEarly = route.needs === spreading && ctx.faults.isSpreading(directory);
  if (isEarly || route.needs === ineffective || !isAllowed(token.roles, route)) {
    const code = route.isIntune ? 'Forbidden' : 'Authorization_RequestDenied';
    return { status: 403, code, message: 'Insufficient privileges to complete the operation.' };
  }
  if (route.isIntune && hasIntune === false) {
    return { status: 400, code: 'BadRequest', message: 'Request not applicable to target tenant.' };
  }
  return null;
}
