import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSign } from '@gangway/providers/testing/self-sign';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { postWebhook } from './post-webhook.js';
import { startConnectProxy, type ConnectProxy } from './testing/connect-proxy.js';

// Webhooks through a real proxy, whose tunnels lead to this machine.
let proxy: ConnectProxy;
let receiver: Server;
let secure: Server;
let leadsTo: Server;
const received: string[] = [];
const certificate = selfSign('receiver.example', new Date(Date.now() + 3_600_000));

beforeAll(async () => {
  receiver = createHttpServer((request, response) => {
    received.push(`${request.method} ${request.headers.host} ${request.url}`);
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  secure = createHttpsServer(
    { cert: certificate.certificatePem, key: certificate.privateKeyPem },
    (_request, response) => response.writeHead(202).end(),
  ).listen(0, '127.0.0.1');
  await Promise.all([once(receiver, 'listening'), once(secure, 'listening')]);
  proxy = await startConnectProxy(() => (leadsTo.address() as AddressInfo).port);
});
beforeEach(() => {
  leadsTo = receiver;
  proxy.status = 200;
  proxy.asked.length = 0;
  received.length = 0;
});
afterAll(async () => {
  await proxy.close();
  receiver.close();
  secure.close();
});

const post = (
  url: string,
  exceptions = '',
  user = '',
  isAllowed = true,
  stop = new AbortController().signal,
) => {
  const through = proxy.url.replace('//', `//${user}`);
  return postWebhook(new URL(url), {}, '{}', () => isAllowed, stop, { url: through, exceptions });
};

test('the tunnel ends at the address, and the receiver sees its own name', async () => {
  expect(await post('http://localhost:8080/hook?x=1')).toBe(204);
  expect(proxy.asked.map(({ authority }) => authority)).toEqual([
    expect.stringMatching(/^(127\.0\.0\.1|\[::1\]):8080$/),
  ]);
  expect(received).toEqual(['POST localhost:8080 /hook?x=1']);
  expect(await post('http://93.184.215.14/hook', '', 'up:p%2Fw@')).toBe(204);
  expect(await post('http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook')).toBe(204);
  expect(proxy.asked.slice(1)).toEqual([
    { authority: '93.184.215.14:80', authorization: `Basic ${Buffer.from('up:p/w').toString('base64')}` },
    { authority: '[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:80', authorization: undefined },
  ]);
});

test('an address inside is refused before the proxy is asked, in the URL and behind a name', async () => {
  for (const url of ['https://10.1.2.3/hook', 'https://localhost/hook'])
    await expect(post(url, '', '', false)).rejects.toMatchObject({ failure: 'private_address' });
  await expect(post('https://nobody.invalid/')).rejects.toMatchObject({ failure: 'dns' });
  expect(proxy.asked).toEqual([]);
});

test('TLS ends at the receiver, whose certificate has to be good', async () => {
  leadsTo = secure;
  await expect(post('https://93.184.215.14/hook')).rejects.toMatchObject({ failure: 'tls' });
  leadsTo = receiver;
  await expect(post('https://93.184.215.14/hook')).rejects.toMatchObject({ failure: 'tls' });
  expect(proxy.asked.map(({ authority }) => authority)).toEqual(['93.184.215.14:443', '93.184.215.14:443']);
});

test.each([403, 407, 502])('a proxy that answers %i is no answer of the receiver', async (status) => {
  proxy.status = status;
  await expect(post('http://93.184.215.14/hook')).rejects.toMatchObject({ failure: 'connection' });
  expect(received).toEqual([]);
});

test('what is stopped is not posted', async () => {
  const stop = AbortSignal.abort();
  await expect(post('http://93.184.215.14/hook', '', '', true, stop)).rejects.toMatchObject({
    failure: 'timeout',
  });
  expect(received).toEqual([]);
});

test.each([
  ['localhost', true],
  ['other.example, LOCALHOST:PORT', true],
  ['*', true],
  ['.host', false],
  ['localhost:1', false],
  ['host', false],
])('with NO_PROXY %s it is reached without the proxy: %s', async (exceptions, isDirect) => {
  const { port } = receiver.address() as AddressInfo;
  expect(await post(`http://localhost:${port}/`, exceptions.replace('PORT', String(port)))).toBe(204);
  expect(proxy.asked).toHaveLength(isDirect ? 0 : 1);
});
