import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ReasonCode } from '@gangway/contract/reason-codes';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from '../testing/listen.js';
import { targetOf } from '../testing/sandbox-lab.js';
import { createMicrosoftProvider } from './create-microsoft-provider.js';

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const SECRET = 'canary-8c2e4b';
const TEXT = 'provider-text-71a0';
const TOKEN = JSON.stringify({ token_type: 'Bearer', expires_in: 3_599, access_token: 'opaque' });
const json = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

let listening: Listening | null = null;
afterEach(() => listening?.close());

/** Reads domains from a server that hands out a token and then answers Graph as told. */
async function readFrom(
  graph: Listener,
  timeoutMs = 1_000,
): Promise<{ error: Error & { reasonCode?: ReasonCode }; ms: number; grewMb: number }> {
  listening = await listen((request, response) => {
    if (request.url?.endsWith('/token')) json(response, 200, TOKEN);
    else graph(request, response);
  });
  const provider = createMicrosoftProvider({ sandboxOrigin: listening.origin, timeoutMs });
  const before = process.memoryUsage().rss;
  const started = Date.now();
  const target = targetOf('healthy', { credential: { kind: 'client_secret', clientSecret: SECRET } });
  const error: unknown = await provider
    .read('inventory.domains', target, AbortSignal.timeout(20_000))
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('The read succeeded');
  return { error, ms: Date.now() - started, grewMb: (process.memoryUsage().rss - before) / 1e6 };
}

const CASES: [name: string, expected: ReasonCode, graph: Listener][] = [
  [
    'a page of HTML with status 200',
    'provider.unexpected_response',
    (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${TEXT}`),
  ],
  [
    'JSON that stops in the middle',
    'provider.unexpected_response',
    (_, response) => json(response, 200, '{"value":[{"id":"a'),
  ],
  [
    'JSON of another shape',
    'provider.unexpected_response',
    (_, response) => json(response, 200, '{"value":{"id":1}}'),
  ],
  ['an empty body', 'provider.unexpected_response', (_, response) => json(response, 200, '')],
  [
    'a redirect',
    'provider.unexpected_response',
    (request, response) => response.writeHead(302, { location: request.url ?? '/' }).end(),
  ],
  [
    'a body cut short',
    'network.unreachable',
    (_, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        .write('{"value":');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ['a connection reset', 'network.unreachable', (request) => request.socket.destroy()],
  [
    '500 for ever',
    'provider.unavailable',
    (_, response) => json(response, 500, `{"error":{"code":"x","message":"${TEXT}"}}`),
  ],
  ['429 without Retry-After', 'provider.throttled', (_, response) => json(response, 429, '{}')],
  [
    'headers without end',
    'provider.unexpected_response',
    (_, response) => json(response, 200, '{"value":[]}', { 'x-long': 'a'.repeat(40_000) }),
  ],
  [
    'an error with text and a strange code',
    'permission.missing',
    (_, response) => json(response, 403, JSON.stringify({ error: { code: `${TEXT} <b>`, message: TEXT } })),
  ],
  [
    'a body that is not gzip though it says so',
    'provider.unexpected_response',
    (_, response) => json(response, 200, '{"value":[]}', { 'content-encoding': 'gzip' }),
  ],
  [
    'a next link to another host',
    'provider.unexpected_response',
    (_, response) => json(response, 200, '{"value":[],"@odata.nextLink":"http://127.0.0.2:9/v1.0/domains"}'),
  ],
  [
    'a next link that leads back',
    'provider.unexpected_response',
    (request, response) =>
      json(
        response,
        200,
        JSON.stringify({
          value: [],
          '@odata.nextLink': `http://${request.headers.host ?? ''}/v1.0/domains?again`,
        }),
      ),
  ],
];

describe('a provider that means no good', () => {
  it.each(CASES)('%s: %s', async (_name, expected, graph) => {
    const { error, ms } = await readFrom(graph);
    expect(error.reasonCode).toBe(expected);
    expect(ms).toBeLessThan(3_000);
    const shown = JSON.stringify(error) + String(error) + String(error.stack) + String(error.cause);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(TEXT);
  });

  it('does not wait for slow bytes', async () => {
    const { error, ms } = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    });
    expect(error.reasonCode).toBe('network.timeout');
    expect(ms).toBeLessThan(2_000);
  });

  it('stops reading a body of a gigabyte', async () => {
    const chunk = Buffer.alloc(1_000_000, 0x20);
    let sent = 0;
    const { error, grewMb } = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const send = () => {
        while (sent < 1_000 && !response.destroyed) {
          sent += 1;
          if (!response.write(chunk)) return void response.once('drain', send);
        }
        response.end();
      };
      send();
    }, 5_000);
    expect(error.reasonCode).toBe('provider.unexpected_response');
    expect(sent).toBeLessThan(100);
    expect(grewMb).toBeLessThan(150);
  });

  it('stops unpacking a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20));
    const { error, grewMb } = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    }, 5_000);
    expect(bomb.byteLength).toBeLessThan(1_000_000);
    expect(error.reasonCode).toBe('provider.unexpected_response');
    expect(grewMb).toBeLessThan(150);
  });

  it('takes a short Retry-After at its word, and then goes on', async () => {
    const times: number[] = [];
    const { error } = await readFrom((_, response) => {
      times.push(Date.now());
      if (times.length === 1) json(response, 429, '{}', { 'retry-after': '1' });
      else json(response, 404, '{"error":{"code":"Request_ResourceNotFound"}}');
    }, 5_000);
    expect(error).toMatchObject({ evidence: { httpStatus: 404, graphCode: 'Request_ResourceNotFound' } });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});
