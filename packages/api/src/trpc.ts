import type { Capability } from '@gangway/contract/capabilities';
import type { Permission } from '@gangway/contract/permissions';
import { initTRPC } from '@trpc/server';
import { requestIdOfError } from './call-request-id.js';
import type { ApiContext } from './context.js';
import { describeError, httpStatusOf } from './errors.js';

/** How a procedure is classified. Every procedure carries one, because only the door builds procedures. */
export type ProcedureScope =
  | { readonly scope: 'public' }
  | { readonly scope: 'user' }
  | { readonly scope: 'workspace'; readonly capability: Capability }
  | { readonly scope: 'partner'; readonly permission: Permission };

/** For the door (procedures.ts) and the assembly of routers only. */
export const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureScope>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, path, ctx }) {
      const { message, data } = describeError(error, ctx?.requestId ?? requestIdOfError(error), path);
      return {
        code: shape.code,
        message,
        data: { code: shape.data.code, httpStatus: httpStatusOf(error) ?? shape.data.httpStatus, ...data },
      };
    },
    sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 12_000 } },
  });
