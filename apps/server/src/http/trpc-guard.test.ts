import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignRequestId } from './request-id.js';
import { createTrpcGuard } from './trpc-guard.js';

let base = '';
const app = express().use('/trpc', assignRequestId, createTrpcGuard(null), (request, response) => {
  response.json(Array.isArray(request.body) ? request.body.length : request.body);
});
const server = app.listen(0, '127.0.0.1');
beforeAll(() => {
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const post = async (body: string, path = 'members.invite') => {
  const headers = { 'content-type': 'application/json', connection: 'close' };
  const response = await fetch(`${base}/${path}`, { method: 'POST', headers, body });
  return { status: response.status, body: await response.json() };
};
const reasonOf = ({ body }: { body: unknown }) =>
  (body as { error?: { data?: { reasonCode?: string } } }).error?.data?.reasonCode;
const keys = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"key${index}":${index}`).join(',')}}`;

test.each([
  ['keys', keys(60_000)],
  ['numbers in a list', `{"roles":[${'1,'.repeat(200_000)}1]}`],
  ['lists in a list', `{"roles":[${'[],'.repeat(200_000)}[]]}`],
  ['calls in each other', `{"0":${keys(5_000)},"1":${keys(5_000)}}`],
])('refuses a crowd of %s before it is parsed', async (_what, body) => {
  const answer = await post(body);
  expect([answer.status, reasonOf(answer)]).toEqual([400, 'validation.failed']);
});

test.each([
  ['lists', 65, '[', ']'],
  ['objects', 65, '{"a":', '}'],
  ['lists that never end', 100_000, '[', ''],
])('refuses %s in each other', async (_what, depth, open, close) => {
  const answer = await post(`{"a":${open.repeat(depth - 1)}1${close.repeat(depth - 1)}}`);
  expect([answer.status, reasonOf(answer)]).toEqual([400, 'request.unparsable']);
});

test('counts what is JSON, and not what stands in a text', async () => {
  const text = `${'[{,'.repeat(20_000)}\\"${'],}'.repeat(20_000)}\\\\`;
  expect((await post(`{"text":"${text}","a":[1,2]}`)).status).toBe(200);
  const answer = await post(`{"text":"${text}","a":${keys(20_000)}}`);
  expect(answer.status).toBe(400);
});

test('lets ten calls at once through, and many rows where rows are taken', async () => {
  const calls = Array.from({ length: 10 }, (_, index) => `"${index}":${keys(900)}`);
  expect((await post(`{${calls.join(',')}}`, 'a,b,c,d,e,f,g,h,i,j?batch=1')).status).toBe(200);
  const rows = JSON.stringify(
    Array.from({ length: 10_000 }, (_, row) => ({
      client_name: `Row ${row}`,
      email: `r${row}@x.example`,
      industry: 'IT',
    })),
  );
  expect(await post(rows, 'provisioning.tenants.bulk')).toEqual({ status: 200, body: 10_000 });
  expect((await post(rows, 'provisioning.tenants.create')).status).toBe(400);
  expect((await post(rows, 'a,provisioning.tenants.bulk?batch=1')).status).toBe(400);
});

test.each(['%E0%A4%A', 'auth.me,%', 'auth.me%ff'])(
  'refuses the path /trpc/%s, which cannot be decoded',
  async (path) => {
    const answer = await post('{}', path);
    expect([answer.status, reasonOf(answer)]).toEqual([400, 'request.unparsable']);
  },
);
