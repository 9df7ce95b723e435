import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicrosoftProvider } from '@gangway/providers/microsoft/create-microsoft-provider';
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { useOutboundProxy } from './use-outbound-proxy.js';

let proxy: Server;
let url: string;
let asked: string[] = [];
let before: Dispatcher;
let used: Dispatcher | null = null;
beforeAll(async () => {
  before = getGlobalDispatcher();
  // Lets nobody through, and remembers who was asked for.
  proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(async () => {
  setGlobalDispatcher(before);
  await used?.destroy();
  asked = [];
});
afterAll(() => new Promise((resolve) => proxy.close(resolve)));

test('Microsoft is reached through the proxy, by a tunnel, and a proxy that refuses is no network', async () => {
  used = useOutboundProxy({ url, exceptions: '' });
  const discovery = createMicrosoftProvider({}).discover('fabrikam.com', AbortSignal.timeout(20_000));
  await expect(discovery).rejects.toMatchObject({ reasonCode: 'network.unreachable' });
  expect(asked).toContain('login.microsoftonline.com:443');
  expect(asked).toContain('login.sovcloud-identity.sg:443');
});

test('this machine is asked straight', async () => {
  used = useOutboundProxy({ url: 'http://127.0.0.1:9', exceptions: 'intranet.example' });
  expect((await fetch(`${url}/sandbox/x`)).status).toBe(200);
  expect(asked).toEqual(['/sandbox/x']);
});
