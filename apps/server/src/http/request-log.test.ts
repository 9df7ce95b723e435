import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import express from 'express';
import { expect, test } from 'vitest';
import { createLogger } from '../log.js';
import { assignRequestId } from './request-id.js';
import { createRequestLog } from './request-log.js';

/** The lines that a server with this level writes about requests, which it answers with the status in their path. */
async function logOf(level: string, paths: readonly string[]): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const app = express().use(assignRequestId, createRequestLog(createLogger(level, destination)));
  app.use((request, response) => void response.sendStatus(Number(/\d{3}$/.exec(request.path)?.[0])));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const headers = { 'x-request-id': 'of-the-client', authorization: 'Bearer canary', cookie: 'canary' };
  for (const path of paths) await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  await new Promise((resolve) => server.close(resolve));
  return lines;
}

test('a request is one line: ids, time, method, path and status, and neither query nor headers', async () => {
  const lines = await logOf('info', ['/trpc/x/200?input=canary', `/handoff/${'c'.repeat(43)}404?t=canary`]);
  expect(lines).toMatchObject([
    { level: 30, msg: 'GET /trpc/x/200 200', clientRequestId: 'of-the-client' },
    { msg: expect.stringMatching(/^GET \/handoff\/… \d+$/) as unknown },
  ]);
  const [line = {}] = lines;
  const known = ['clientAddress', 'clientRequestId', 'level', 'msg', 'requestId', 'responseTime', 'time'];
  expect(Object.keys(line).sort()).toEqual(known);
  expect(line['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(line['responseTime']).toEqual(expect.any(Number));
  expect(JSON.stringify(lines)).not.toMatch(/canary|ccccc/);
});

test('the level says how bad it is, and what lies below the level of the log is not written', async () => {
  const paths = ['/200', '/404', '/503', '/500'];
  expect((await logOf('info', paths)).map(({ level }) => level)).toEqual([30, 30, 40, 50]);
  expect((await logOf('warn', paths)).map(({ msg }) => msg)).toEqual(['GET /503 503', 'GET /500 500']);
});
