/**
 * The door. A procedure can only be built by one of these, and so names its scope; what its verb gets is a scope that
 * nothing else can make. Decisions fall in the frozen order: 401, 404 (no member), 403, 404 (not in the workspace),
 * 400, 409; a stranger never reaches the input schema.
 */
import type { Capability } from '@gangway/contract/capabilities';
import type { Permission } from '@gangway/contract/permissions';
import { identifyUser } from '@gangway/domain/access/identify-user';
import { openPartner } from '@gangway/domain/access/open-partner';
import { openWorkspace } from '@gangway/domain/access/open-workspace';
import type { RequestScope } from '@gangway/domain/access/scope';
import { RESOURCE_KEYS, type NamedResources } from '@gangway/domain/access/workspace-resources';
import { AppError } from '@gangway/domain/errors';
import { toAddressKey } from '@gangway/domain/limits/to-address-key';
import { toAppError } from '@gangway/domain/to-app-error';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { ApiContext } from './context.js';
import { httpStatusOf, toTrpcError } from './errors.js';
import { toPartnerAction } from './partner-action.js';
import { nameInPlane } from './partner-path.js';
import type { Named } from './rest/route.js';
import { t } from './trpc.js';

/** Translates what verbs throw, and tells how the call was answered: once, for every procedure. */
const translated = t.procedure.use(async ({ ctx, path, type, next }) => {
  const begunAt = performance.now();
  const { answer, status } = await ctx.traceCall({ path, type }, async () => {
    const result = await next();
    const known = result.ok ? null : toAppError(result.error.cause);
    const answer = !result.ok && known ? { ...result, error: toTrpcError(known) } : result;
    const status = answer.ok ? 200 : (httpStatusOf(answer.error) ?? getHTTPStatusCodeFromError(answer.error));
    return { answer, status };
  });
  ctx.onAnswered({ path, type, status, durationMs: performance.now() - begunAt });
  return answer;
});

/** Counts the call for the address it comes from, each of a batch by itself. */
const counted = translated.use(async ({ ctx, next }) => {
  await refusable(ctx.app.callLimits.count('address', toAddressKey(ctx.clientAddress), ctx.quotas.add));
  return next();
});

/** For anybody. */
export const publicProcedure = counted.meta({ scope: 'public' });

const signedIn = counted.use(async ({ ctx, next }) => {
  return next({ ctx: { scope: await refusable(identifyUser(toRequestScope(ctx), ctx.cookie)) } });
});

/** For whoever is signed in, also before a temporary password is changed: to change it, and to sign out. */
export const freshUserProcedure = signedIn.meta({ scope: 'user' });

/** For whoever is signed in. */
export const userProcedure = signedIn.meta({ scope: 'user' }).use(async ({ ctx, next }) => {
  if (ctx.scope.mustChangePassword)
    throw toTrpcError(new AppError('forbidden', 'auth.password_change_required'));
  return next();
});

/** For members of the workspace that the input names, with the capability. */
export function workspaceProcedure(capability: Capability, options: { isSlugAllowed?: boolean } = {}) {
  return counted.meta({ scope: 'workspace', capability }).use(async ({ ctx, next, getRawInput, path }) => {
    const raw = toRecord(await getRawInput());
    const request = {
      workspace: toText(raw['workspaceId']) ?? '',
      isSlugAllowed: options.isSlugAllowed ?? false,
      capability,
      action: path,
    };
    return next({
      ctx: {
        scope: await refusable(openWorkspace(toRequestScope(ctx), ctx.cookie, request, namedResources(raw))),
      },
    });
  });
}

/** For partners with the permission, by access token or API key; what the input names has to be theirs. */
export function partnerProcedure(permission: Permission, named?: Named) {
  return counted.meta({ scope: 'partner', permission }).use(async ({ ctx, next, getRawInput, path }) => {
    const id = named === undefined ? '' : (toText(toRecord(await getRawInput())[named.field]) ?? '');
    const resource = named === undefined ? null : { kind: named.kind, id: id.toLowerCase() };
    const request = { permission, action: toPartnerAction(nameInPlane(path)), resource };
    return next({
      ctx: { scope: await refusable(openPartner(toRequestScope(ctx), ctx.authorization, request)) },
    });
  });
}

const toRequestScope = ({ app, requestId, quotas }: ApiContext): RequestScope => ({
  app,
  requestId,
  reportQuota: quotas.add,
});

async function refusable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const known = toAppError(error);
    throw known ? toTrpcError(known) : error;
  }
}

function namedResources(raw: Record<string, unknown>): NamedResources {
  const named: NamedResources = {};
  for (const key of RESOURCE_KEYS) {
    const value = toText(raw[key]);
    if (value !== null) named[key] = value;
  }
  return named;
}

const toText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
