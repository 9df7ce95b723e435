import { type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';

export const tracer = (): Tracer => trace.getTracer('gangway');

/** Does `work`, which `span` is about, and ends the span. Of an error only its reason code or name: messages may quote others. */
export async function endingSpan<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    span.setAttribute('error.type', typeOf(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'reasonCode' in error && typeof error.reasonCode === 'string' ? error.reasonCode : error.name;
}
