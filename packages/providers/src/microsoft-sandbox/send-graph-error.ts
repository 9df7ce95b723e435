import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SandboxContext } from './sandbox-context.js';

/** An error in Graph's form, with the ids a client keeps as evidence. */
export function sendGraphError(
  ctx: SandboxContext,
  request: Request,
  response: Response,
  { status, code, message }: { readonly status: number; readonly code: string; readonly message: string },
): void {
  const requestId = response.get('request-id') ?? randomUUID();
  const clientRequestId = request.get('client-request-id') ?? requestId;
  response
    .status(status)
    .set({ 'request-id': requestId, 'client-request-id': clientRequestId })
    .json({
      error: {
        code,
        message,
        innerError: {
          date: ctx.now().toISOString(),
          'request-id': requestId,
          'client-request-id': clientRequestId,
        },
      },
    });
}
