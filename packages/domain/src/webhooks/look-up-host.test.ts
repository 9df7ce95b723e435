import { createSocket, type Socket } from 'node:dgram';
import { lookup, Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { lookUpHost } from './look-up-host.js';

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** One who asks a name server that gives these answers (RFC 1035, section 4), or none at all. */
async function askerOf(answers: { readonly 1: string[]; readonly 28: string[] } | null): Promise<Resolver> {
  const socket = createSocket('udp4', (query, from) => {
    if (!answers) return;
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const type = question.readUInt16BE(question.length - 4);
    const records = (type === 28 ? answers[28] : answers[1]).map((address) => {
      const data = isIPv4(address)
        ? Buffer.from(address.split('.').map(Number))
        : Buffer.from(address.replaceAll(':', ''), 'hex');
      // The name of the question, class IN, for no time.
      return Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, data.length, ...data]);
    });
    const head = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, records.length, 0, 0, 0, 0]);
    socket.send(Buffer.concat([head, question, ...records]), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.push(socket);
  const resolver = new Resolver({ timeout: 30_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return resolver;
}

const SIX = '2606:4700:0000:0000:0000:0000:0000:1111';

it('gives all addresses of both families, so that all of them are judged', async () => {
  const asker = await askerOf({ 1: ['93.184.215.14', '10.0.0.1'], 28: [SIX] });
  expect(await lookUpHost('hooks.example.com', asker)).toEqual([
    { address: '93.184.215.14', family: 4 },
    { address: '10.0.0.1', family: 4 },
    { address: '2606:4700::1111', family: 6 },
  ]);
});

it('gives what there is of one family, and fails where there is nothing', async () => {
  const asker = await askerOf({ 1: [], 28: [SIX] });
  expect(await lookUpHost('hooks.example.com', asker)).toEqual([{ address: '2606:4700::1111', family: 6 }]);
  const nothing = lookUpHost('hooks.example.com', await askerOf({ 1: [], 28: [] }));
  await expect(nothing).rejects.toMatchObject({ code: 'ENODATA' });
});

it('asks the system alone about localhost', async () => {
  const found = await lookUpHost('localhost', await askerOf(null));
  for (const { address } of found) expect(['127.0.0.1', '::1']).toContain(address);
  expect(found).not.toEqual([]);
});

it('keeps nobody else’s look-up waiting while a name server does not answer', async () => {
  const asker = await askerOf(null);
  let hasEnded = false;
  const silent = Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => lookUpHost(`n${index}.example.com`, asker)),
  ).finally(() => (hasEnded = true));
  await lookup('localhost');
  expect(hasEnded).toBe(false);
  asker.cancel();
  for (const one of await silent) expect(one).toMatchObject({ reason: { code: 'ECANCELLED' } });
});
