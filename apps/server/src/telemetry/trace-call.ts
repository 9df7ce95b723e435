import type { TraceCall } from '@gangway/api/context';
import { endingSpan, tracer } from './tracer.js';

/** Answers a call of a procedure in a span below that of the request, which may have several calls. */
export const traceCall: TraceCall = ({ path, type }, answer) =>
  tracer().startActiveSpan(
    `procedure ${path}`,
    { attributes: { 'rpc.system': 'trpc', 'rpc.method': path } },
    (span) =>
      endingSpan(span, async () => {
        const answered = await answer();
        span.setAttributes({ 'gangway.procedure_type': type, 'gangway.status_code': answered.status });
        return answered;
      }),
  );
