import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SANDBOX_CLIENT_SECRET } from '@gangway/providers/microsoft-sandbox/directories';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connectDirectory, signInMember } from '../testing/member-client.js';
import { startOtlpReceiver } from '../testing/otlp-receiver.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer } from '../testing/spawn-server.js';

// The built server with the standard variables of OpenTelemetry, and a collector that takes what it sends.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let fixture: ProductFixture;
let receiver: Awaited<ReturnType<typeof startOtlpReceiver>>;
beforeAll(async () => {
  [fixture, receiver] = [await createProductFixture(), await startOtlpReceiver()];
});
afterAll(async () => {
  await fixture.drop();
  await receiver.close();
});

interface Verification {
  readonly status: string;
}

test('a verification is one trace of its run, linked from the request that started it, and found by ids in the log', async () => {
  const server = await fixture.start({
    DEMO: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_SERVICE_NAME: 'gangway-test',
  });
  const member = await signInMember(() => server.url);
  const { onboardingSessionId } = await connectDirectory(
    member,
    'healthy.sandbox.example',
    SANDBOX_CLIENT_SECRET,
  );
  const { operationRunId } = await member.mutate<{ operationRunId: string }>('onboarding.startVerification', {
    onboardingSessionId,
  });
  await vi.waitFor(
    async () =>
      expect(await member.query<Verification>('operations.get', { operationRunId })).toMatchObject({
        status: 'succeeded',
      }),
    { timeout: 60_000, interval: 200 },
  );
  expect(await endServer(server)).toBe(0);

  const { spans } = receiver;
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['gangway-test']));
  // From the request over the procedure …
  const procedure = spans.find(({ name }) => name === 'procedure onboarding.startVerification');
  const request = spans.find(({ spanId }) => spanId === procedure?.parentSpanId);
  expect(request).toMatchObject({
    name: 'POST /trpc',
    traceId: procedure?.traceId,
    attributes: { 'http.response.status_code': 200 },
  });
  // … by a link to the run, whose trace has its id, …
  const runTrace = operationRunId.replaceAll('-', '');
  const run = spans.find(({ name }) => name === 'run provider.connection.check');
  expect(run).toMatchObject({ traceId: runTrace, attributes: { 'gangway.status': 'succeeded' } });
  expect(procedure?.links).toMatchObject([{ traceId: runTrace, spanId: run?.spanId }]);
  // … to each step and what it asked Microsoft.
  const steps = spans.filter(({ parentSpanId }) => parentSpanId === run?.spanId);
  expect(steps.length).toBeGreaterThan(5);
  for (const step of steps)
    expect(step).toMatchObject({ traceId: runTrace, attributes: { 'gangway.attempt': 1 } });
  const calls = spans.filter(({ kind, traceId }) => kind === 3 && traceId === runTrace);
  const stepIds = steps.map(({ spanId }) => spanId);
  expect(calls.length).toBeGreaterThan(3);
  for (const call of calls) {
    expect(stepIds).toContain(call.parentSpanId);
    expect(call.attributes).toMatchObject({
      'http.response.status_code': 200,
      'gangway.correlation_id': expect.stringMatching(/^[\w-]{36}$/),
    });
  }

  // The log line of the request names its trace, its run, and who asked.
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const line = lines.find((one) => one.includes('/trpc/onboarding.startVerification'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    requestId: request?.attributes['gangway.request_id'],
    traceId: request?.traceId,
    operationRunIds: [operationRunId],
    clientAddress: '127.0.0.1',
  });
  // The numbers of /metrics came, too, and nothing that was secret.
  expect(receiver.numbers.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['gangway_http_request_duration_seconds', 'process_cpu_seconds_total']),
  );
  for (const secret of [
    SANDBOX_CLIENT_SECRET,
    'gangway-demo-2026',
    member.cookie.split('=')[1] ?? 'no cookie',
  ])
    expect(receiver.text()).not.toContain(secret);
});

test('a client cannot choose the trace of its request', async () => {
  receiver.spans.length = 0;
  const server = await fixture.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  });
  const foreign = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
  await fetch(`${server.url}/api/openapi.json`, {
    headers: { traceparent: `00-${foreign.traceId}-${foreign.spanId}-01` },
  });
  await endServer(server);
  const [span] = receiver.spans.filter(({ attributes }) => attributes['url.path'] === '/api/openapi.json');
  expect(span).toMatchObject({ links: [foreign], attributes: { 'http.response.status_code': 200 } });
  expect(span?.traceId).not.toBe(foreign.traceId);
  expect(span?.parentSpanId).toBeUndefined();
});

test('a server ends in time though its collector never answers', async () => {
  const server = await fixture.start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  await fetch(`${server.url}/api/openapi.json`);
  expect(await endServer(server)).toBe(0);
});

test('without its variables no SDK is loaded', async () => {
  const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
  // The API alone, which does nothing by itself, comes with prom-client.
  const program = `
    const { default: Module } = await import('node:module');
    const isLoaded = () => Object.keys(Module._cache).some((file) => /node_modules.@opentelemetry.(?!api\\b)/.test(file));
    for (const file of ['run-server', 'start-server']) await import('${dist}' + file + '.js');
    console.log(isLoaded());
    await import('${dist}telemetry/start-telemetry.js');
    console.log(isLoaded());
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(stdout).toBe('false\ntrue\n');
});
