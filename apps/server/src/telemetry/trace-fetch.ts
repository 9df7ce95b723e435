import { SpanKind } from '@opentelemetry/api';
import { endingSpan, tracer } from './tracer.js';

/**
 * Fetches in a span. Of the address only the host is told: paths and queries name tenants and people. Nothing is sent along: Microsoft
 * has its own `client-request-id`, which is on the span, and in the evidence of a check.
 */
export const traceFetch: typeof fetch = (input, init) => {
  const { host } = new URL(input instanceof Request ? input.url : input);
  const method = init?.method ?? 'GET';
  const correlationId = new Headers(init?.headers).get('client-request-id');
  const attributes = {
    'http.request.method': method,
    'server.address': host,
    ...(correlationId === null ? {} : { 'gangway.correlation_id': correlationId }),
  };
  return tracer().startActiveSpan(`${method} ${host}`, { kind: SpanKind.CLIENT, attributes }, (span) =>
    endingSpan(span, async () => {
      const response = await fetch(input, init);
      span.setAttribute('http.response.status_code', response.status);
      return response;
    }),
  );
};
