import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { routeOf } from '../http/metrics.js';
import { pathOf } from '../http/request-log.js';
import { isFromTrustedProxy, requestIdOf } from '../http/request-id.js';
import { tracer } from './tracer.js';

const traceIds = new WeakMap<object, string>();

/** The trace of a request, for its log line: that is written when the answer has ended, outside of the context. */
export const traceIdOf = (request: object): string | undefined => traceIds.get(request);

/**
 * Begins a span for a request. It goes on in the trace that a proxy of TRUST_PROXY names; that of any other client is only linked,
 * because it would decide what is sampled, and could put its requests into a trace of somebody else's.
 */
export const traceRequest: RequestHandler = (request, response, next) => {
  const given = propagation.extract(ROOT_CONTEXT, request.headers);
  const remote = trace.getSpanContext(given);
  const isTrusted = isFromTrustedProxy(request);
  const { path, method } = request;
  const span = tracer().startSpan(
    method,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': method,
        'url.path': pathOf(request),
        'gangway.request_id': requestIdOf(request),
      },
      links: remote && !isTrusted ? [{ context: remote }] : [],
    },
    isTrusted ? given : ROOT_CONTEXT,
  );
  traceIds.set(request, span.spanContext().traceId);
  response.once('close', () => {
    const route = routeOf(request, path);
    span.updateName(`${method} ${route}`);
    span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(ROOT_CONTEXT, span), next);
};
