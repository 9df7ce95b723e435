import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() });
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes,
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.object({ code: z.number().optional() }),
});
const traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});
const points = z.object({ dataPoints: z.array(z.looseObject({ attributes })) }).optional();
const metric = z.object({ name: z.string(), sum: points, gauge: points, histogram: points });
const metrics = z.object({
  resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});

export interface ReceivedSpan extends Omit<z.infer<typeof span>, 'attributes'> {
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly service: string | number | undefined;
}

const toRecord = (list: z.infer<typeof attributes>) =>
  Object.fromEntries(list.map(({ key, value: given }) => [key, given.stringValue ?? given.intValue]));

/** A collector: takes what OpenTelemetry sends over HTTP as JSON, and keeps it. */
export async function startOtlpReceiver() {
  const spans: ReceivedSpan[] = [];
  const numbers: z.infer<typeof metric>[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      bodies.push(JSON.stringify(body));
      if (request.url === '/v1/traces')
        for (const { resource, scopeSpans } of traces.parse(body).resourceSpans)
          for (const one of scopeSpans.flatMap((scope) => scope.spans))
            spans.push({
              ...one,
              attributes: toRecord(one.attributes),
              service: toRecord(resource.attributes)['service.name'],
            });
      if (request.url === '/v1/metrics')
        for (const { scopeMetrics } of metrics.parse(body).resourceMetrics)
          numbers.push(...scopeMetrics.flatMap((scope) => scope.metrics));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    numbers,
    /** Everything that was sent, as text. */
    text: () => bodies.join('\n'),
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
