import { openPartner } from '@gangway/domain/access/open-partner';
import type { AppContext } from '@gangway/domain/app-context';
import type { PartnerScope } from '@gangway/domain/access/scope';
import { withIdempotency, type Answer } from '@gangway/domain/provisioning/idempotency';
import type { Request, RequestHandler, Response } from 'express';
import type { WatchRun } from '../context.js';
import { toIdempotencyKey } from '../idempotency-key.js';
import { toPartnerAction } from '../partner-action.js';
import { parseInput } from '../parse-input.js';
import { toRunWait } from '../run-wait.js';
import { quotasOf, setQuotaHeaders } from './count-call.js';
import { credentialOf, fingerprintOf } from './fingerprint.js';
import { readQuery } from './read-query.js';
import type { Route } from './route.js';

/**
 * Serves one route in the frozen order: who (401), may they (403), is it theirs (404), then does the input make sense
 * (400), and only then the verb. Express passes on what is thrown.
 */
export function serveRoute(
  app: AppContext,
  watch: WatchRun,
  route: Route,
  requestIdOf: (request: Request) => string,
): RequestHandler {
  return async (request, response) => {
    const prefer = route.canWait ? request.get('prefer') : undefined;
    const wait = prefer === undefined ? null : toRunWait(prefer, { watch, gone: signalOfEnd(response) });
    const id = String(request.params['id'] ?? request.params['key'] ?? '').toLowerCase();
    const resource = route.names ? { kind: route.names.kind, id } : null;
    const { permission } = route;
    const action = toPartnerAction(route.name);
    const scope = await openPartner(
      { app, requestId: requestIdOf(request), reportQuota: quotasOf(response).add },
      request.headers.authorization ?? null,
      { permission, action, resource },
    );
    // No body, `null` and `{}` say the same.
    const given: unknown = request.body ?? {};
    // A DELETE takes no query. One that means a dry run must not delete.
    const isQuery =
      route.method === 'get' || (route.method === 'delete' && Object.keys(request.query).length > 0);
    const raw = isQuery ? readQuery(route.input, request.query) : given;
    const attempt = async (subjectId?: string): Promise<Answer> => {
      const isHead = request.method === 'HEAD';
      const call = { subjectId, isHead, wait };
      const { body, replayedBody, headers } = await route.answer(scope, raw, id, call);
      const { status } = route;
      if (body === null) return { status, headers, body: '' };
      const answer = { status, headers, body: JSON.stringify(body) };
      return body === replayedBody ? answer : { ...answer, replayedBody: JSON.stringify(replayedBody) };
    };
    const key = route.method === 'post' ? toIdempotencyKey(request.get('idempotency-key')) : null;
    const answer = key === null ? await attempt() : await once(scope, route, { key, id, raw }, attempt);
    send(response, answer);
  };
}

async function once(
  scope: PartnerScope,
  route: Route,
  { key, id, raw }: { key: string; id: string; raw: unknown },
  attempt: (subjectId: string) => Promise<Answer>,
): Promise<Answer> {
  // What makes no sense takes up no key.
  parseInput(route.input, raw);
  const credential = route.isSecretTold ? credentialOf(scope) : '';
  const fingerprint = fingerprintOf(route.method, route.path.replace(/\{\w+\}/, id), raw, credential);
  const answer = await withIdempotency(scope, { key, fingerprint }, attempt);
  return answer.isReplay
    ? { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } }
    : answer;
}

/** Aborted when the response ends, or the client leaves before that. */
function signalOfEnd(response: Response): AbortSignal {
  const ended = new AbortController();
  response.once('close', () => ended.abort());
  return ended.signal;
}

function send(response: Response, { status, headers, body }: Answer): void {
  response.setHeader('cache-control', 'no-store');
  setQuotaHeaders(response);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.status(status);
  if (body === '') response.end();
  else response.type('application/json').send(body);
}
