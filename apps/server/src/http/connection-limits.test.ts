import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { listen, type HttpServer } from './listen.js';
import { OpenResponses } from './open-responses.js';

const REQUEST = 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n';
const UNREAD_MS = 200;
// More than the buffers of two sockets of this machine hold.
const LARGE = Buffer.alloc(32 * 2 ** 20, 'x');

let server: HttpServer | undefined;
afterEach(() => server?.close(0));

async function connectTo(answer: RequestListener): Promise<Socket> {
  server = await listen('127.0.0.1', 0, new OpenResponses(), UNREAD_MS);
  server.serve(answer);
  const client = connect(server.port, '127.0.0.1');
  client.on('error', () => undefined); // a reset ends it, too
  await once(client, 'connect');
  return client;
}
const closed = (client: Socket): Promise<unknown> => new Promise((resolve) => client.once('close', resolve));

test('closes a connection that sends a crowd of requests without waiting for answers', async () => {
  let begun = 0;
  const client = await connectTo(() => void (begun += 1));
  client.resume().write(REQUEST.repeat(1_000));
  await closed(client);
  expect(begun).toBeGreaterThan(0);
  expect(begun).toBeLessThan(100);
});

test('answers any number of requests one after the other, and a few at once', async () => {
  const client = await connectTo((_request, response) => void response.end('one'));
  let text = '';
  client.on('data', (piece) => (text += String(piece)));
  const count = () => text.split('HTTP/1.1 200').length - 1;
  for (let round = 1; round <= 40; round += 1) {
    client.write(REQUEST.repeat(5));
    while (count() < round * 5 && !client.destroyed) await sleep(1);
  }
  expect([count(), client.destroyed]).toEqual([200, false]);
  client.destroy();
});

test('closes a connection whose client does not read its answer', async () => {
  const ended: Promise<unknown>[] = [];
  const client = await connectTo((_request, response) => {
    ended.push(once(response, 'close'));
    response.end(LARGE);
  });
  client.pause().write(REQUEST);
  while (ended.length === 0) await sleep(1);
  await ended[0];
  client.resume();
  await closed(client);
  expect(client.bytesRead).toBeLessThan(LARGE.length);
});

test('leaves a connection alone that waits for its answer', async () => {
  const client = await connectTo((_request, response) => {
    void sleep(UNREAD_MS * 3).then(() => response.end('late'));
  });
  client.write(REQUEST);
  const [answer] = (await once(client, 'data')) as [Buffer];
  expect(String(answer)).toContain('200 OK');
  client.destroy();
});
