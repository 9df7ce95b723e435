import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { postWebhook } from './post-webhook.js';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** The port of a server that says this to whoever connects, and hangs up. */
async function startServer(words: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(words));
  });
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as { port: number }).port;
}
const post = (url: string, isAllowed = true) =>
  postWebhook(new URL(url), {}, '{}', () => isAllowed, new AbortController().signal);

test('gives the status of the answer', async () => {
  const port = await startServer('HTTP/1.1 204 No Content\r\n\r\n');
  expect(await post(`http://127.0.0.1:${port}/`)).toBe(204);
});

test('takes an answer for one that nobody asked for', async () => {
  const port = await startServer(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  expect(await post(`http://127.0.0.1:${port}/`)).toBe(101);
});

test('says that nobody listens, or that who does hangs up', async () => {
  const port = await startServer('');
  await expect(post(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'connection' });
  open.splice(0)[0]?.close();
  await expect(post(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'connection' });
  await expect(post(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'connection' });
});

test('says that the other end does not speak TLS', async () => {
  const port = await startServer('HTTP/1.1 400 Bad Request\r\n\r\n');
  await expect(post(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ failure: 'tls' });
});

test('says that the address lies inside, and does not connect to it', async () => {
  const port = await startServer('HTTP/1.1 204 No Content\r\n\r\n');
  await expect(post(`http://127.0.0.1:${port}/`, false)).rejects.toMatchObject({
    failure: 'private_address',
  });
});
