import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SandboxContext } from './sandbox-context.js';
import type { TokenRefusal } from './scenarios.js';

const UNAUTHORIZED: ReadonlySet<string> = new Set(['invalid_client', 'unauthorized_client']);

/** An error of the authority in Entra's form. The text is ours, and marked, so that a leak of it would be noticed. */
export function sendTokenError(
  ctx: SandboxContext,
  request: Request,
  response: Response,
  { error, aadsts, claims = null }: TokenRefusal & { readonly claims?: string | null },
): void {
  const traceId = randomUUID();
  const correlationId = request.get('client-request-id') ?? randomUUID();
  const timestamp = ctx.now().toISOString();
  response.status(UNAUTHORIZED.has(error) ? 401 : 400).json({
    error,
    error_description: `AADSTS${aadsts}: Sandbox text that nobody should be shown. Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [aadsts],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    ...(claims === null ? {} : { suberror: 'message_only', claims }),
  });
}
