import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MailError, type OutgoingMail } from '../transport.js';
import { resendTransport } from './resend.js';
import { sesTransport } from './ses.js';

interface Seen {
  readonly request: IncomingMessage;
  readonly body: string;
}

let server: Server;
let origin = '';
let status = 200;
let answer = '{"id":"x","MessageId":"x"}';
const seen: Seen[] = [];
const mail: OutgoingMail = {
  messageId: '<1@mail.example>',
  from: 'Gangway <gangway@mail.example>',
  to: 'a@example.com',
  subject: 'Hi',
  text: 'Text',
  html: '<p>Text</p>',
};
const signal = new AbortController().signal;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ request, body: Buffer.concat(chunks).toString() });
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('Resend gets the mail with an idempotency key', async () => {
  await resendTransport('re_key', `${origin}/emails`).send(mail, signal);
  const { request, body } = seen.at(-1) ?? ({} as Seen);
  expect([
    request.method,
    request.url,
    request.headers.authorization,
    request.headers['idempotency-key'],
  ]).toEqual(['POST', '/emails', 'Bearer re_key', '<1@mail.example>']);
  expect(JSON.parse(body)).toEqual({
    from: mail.from,
    to: [mail.to],
    subject: 'Hi',
    text: 'Text',
    html: '<p>Text</p>',
    headers: { 'Message-ID': '<1@mail.example>', 'Auto-Submitted': 'auto-generated' },
  });
});

test('SES gets the mail under a signature that its secret explains', async () => {
  await sesTransport('eu-central-1', { accessKeyId: 'AKID', secretAccessKey: 'secret' }, origin).send(
    mail,
    signal,
  );
  const { request, body } = seen.at(-1) ?? ({} as Seen);
  expect(request.url).toBe('/v2/email/outbound-emails');
  expect(JSON.parse(body)).toMatchObject({
    Destination: { ToAddresses: ['a@example.com'] },
    Content: {
      Simple: {
        Subject: { Data: 'Hi' },
        Headers: [
          { Name: 'X-Gangway-Message-ID', Value: '<1@mail.example>' },
          { Name: 'Auto-Submitted', Value: 'auto-generated' },
        ],
      },
    },
  });
  const [, scope = '', names = '', signature] =
    /Credential=AKID\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const sha = (text: string) => createHash('sha256').update(text).digest('hex');
  const canonical = [
    'POST',
    request.url,
    '',
    ...names.split(';').map((name) => `${name}:${String(request.headers[name])}`),
    '',
    names,
    sha(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha(canonical)].join('\n');
  let key: Buffer | string = 'AWS4secret';
  for (const part of [...scope.split('/'), toSign]) key = createHmac('sha256', key).update(part).digest();
  expect(signature).toBe(key.toString('hex'));
});

test.each([
  [401, 'email.authentication'],
  [403, 'email.authentication'],
  [409, 'email.rejected'],
  [429, 'email.rejected'],
  [500, 'email.rejected'],
])('an answer of %i is told as such, as %s, with its words', async (answered, reasonCode) => {
  status = answered;
  answer = '{"message":"a@example.com may not get this with re_key: quota"}';
  const sent = resendTransport('re_key', `${origin}/emails`).send(mail, signal);
  await expect(sent).rejects.toMatchObject({
    reasonCode,
    message: `The mail service answered ${answered}: … may not get this with …: quota`,
  });
  await expect(sent).rejects.toBeInstanceOf(MailError);
  answer = '<html>Forbidden by a@example.com</html>';
  await expect(resendTransport('re_key', `${origin}/emails`).send(mail, signal)).rejects.toMatchObject({
    message: `The mail service answered ${answered}`,
  });
  status = 200;
});

test('a service that is away is told apart', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => gone.once('listening', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const away = resendTransport('re_key', `http://127.0.0.1:${port}/`);
  await expect(away.send(mail, signal)).rejects.toMatchObject({
    reasonCode: 'email.unreachable',
    message: 'The mail service cannot be reached (ECONNREFUSED)',
  });
});
