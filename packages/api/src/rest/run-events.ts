import type { RunEvent } from '@gangway/contract/operations';
import { openPartner } from '@gangway/domain/access/open-partner';
import type { AppContext } from '@gangway/domain/app-context';
import type { Request, RequestHandler, Response } from 'express';
import { quotasOf } from './count-call.js';
import { toAfterSeq } from '../after-seq.js';
import type { WatchRun } from '../context.js';
import { toOperationRunEvent, toWatcher } from '../provisioning/run-events.js';

const PING_MS = 15_000;
const OPENING_MS = 20;

/** The events of a run as server-sent events; a client that comes back with `Last-Event-ID` misses and repeats nothing. */
export function serveRunEvents(
  app: AppContext,
  watch: WatchRun,
  requestIdOf: (request: Request) => string,
): RequestHandler {
  return async (request, response) => {
    // From the start: a client may leave while it is being authorized, and is not heard of again.
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const id = String(request.params['id']).toLowerCase();
    const scope = await openPartner(
      { app, requestId: requestIdOf(request), reportQuota: quotasOf(response).add },
      request.headers.authorization ?? null,
      { permission: 'tenant:read', action: 'operationRuns.events', resource: { kind: 'operationRun', id } },
    );
    if (gone.signal.aborted) return;
    const close = app.streamLimits.open('partner', scope.partnerId);
    response.once('close', close);
    response.writeHead(200, {
      ...quotasOf(response).toHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const afterSeq = toAfterSeq(request.get('last-event-id'));
    // A run that has ended, or ends in a moment, is one packet with its head; otherwise the client learns then that it is heard.
    response.cork();
    const opening = setTimeout(() => {
      response.flushHeaders();
      response.uncork();
    }, OPENING_MS);
    const ping = setInterval(() => response.write(': still here\n\n'), PING_MS);
    try {
      for await (const event of watch(toWatcher(scope), id, afterSeq, gone.signal)) write(response, event);
    } finally {
      clearTimeout(opening);
      clearInterval(ping);
      response.end();
    }
  };
}

function write(response: Response, event: RunEvent): void {
  // What comes at once leaves at once: a quick run is one packet.
  if (response.writableCorked === 0) {
    response.cork();
    setImmediate(() => response.uncork());
  }
  response.write(
    `id: ${event.seq}\nevent: ${event.kind}\ndata: ${JSON.stringify(toOperationRunEvent(event))}\n\n`,
  );
}
