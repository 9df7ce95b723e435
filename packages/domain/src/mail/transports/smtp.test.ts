import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selfSign } from '@gangway/providers/testing/self-sign';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { OutgoingMail } from '../transport.js';
import { smtpTransport } from './smtp.js';

// A real SMTP server with a certificate of its own: what it does wrong is told apart, and kept without anybody's address.
vi.setConfig({ testTimeout: 30_000 });

const mail: OutgoingMail = {
  messageId: '<1@mail.example>',
  from: 'Gangway <gangway@mail.example>',
  to: 'grace.hopper@navy.example',
  subject: 'Your account at Harbour Ltd',
  text: 'Text',
  html: null,
};
const tomorrow = new Date(Date.now() + 86_400_000);
const known = selfSign('localhost', tomorrow);
let folder = '';
const received: string[] = [];
const open: (SMTPServer | Server)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gangway-smtp-'));
  await writeFile(path.join(folder, 'ca.pem'), known.certificatePem);
});
afterEach(async () => {
  await Promise.all(
    open.splice(0).map((server) => new Promise((resolve) => server.close(() => resolve(null)))),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a server and gives its port. */
async function listen(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString());
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined); // the client's refusal of the certificate is an error here
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.server.address() as AddressInfo).port;
}

/** Sends the mail and gives what kept it from being taken. */
async function fail(url: string): Promise<{ reasonCode: string; message: string }> {
  const transport = smtpTransport(url);
  const sent = transport.send(mail, AbortSignal.timeout(20_000));
  const error: unknown = await sent.then(
    () => 'It was sent',
    (reason: unknown) => reason,
  );
  transport.close();
  return error as { reasonCode: string; message: string };
}

const tls = (pair = known): SMTPServerOptions => ({ cert: pair.certificatePem, key: pair.privateKeyPem });
const noTls: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };

test.each([
  ['smtp', tls()],
  ['smtps', { ...tls(), secure: true }],
] as const)(
  '%s with the authority in a file delivers, and says that no person wrote it',
  async (scheme, options) => {
    const port = await listen(options);
    const transport = smtpTransport(
      `${scheme}://localhost:${port}?requireTLS=true&tls.caFile=${folder}/ca.pem`,
    );
    await transport.send(mail, AbortSignal.timeout(20_000));
    expect(received.pop()).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(await transport.verify(AbortSignal.timeout(20_000))).toBeNull();
    transport.close();
  },
);

test.each([
  ['an unknown authority', tls(), 'DEPTH_ZERO_SELF_SIGNED_CERT', ''],
  ['another host', tls(selfSign('mail.other.example', tomorrow)), 'DEPTH_ZERO_SELF_SIGNED_CERT', ''],
  [
    'another host',
    tls(),
    'ERR_TLS_CERT_ALTNAME_INVALID',
    `?tls.caFile=FOLDER/ca.pem&tls.servername=mx.example`,
  ],
  ['a time that is over', tls(selfSign('localhost', new Date(Date.now() - 1_000))), 'CERT', ''],
])(
  'a certificate of %s is told apart from a server that is away',
  async (_what, options, code, parameters) => {
    const port = await listen(options);
    const error = await fail(`smtp://localhost:${port}${parameters.replace('FOLDER', folder)}`);
    expect(error.reasonCode).toBe('email.certificate');
    expect(error.message).toMatch(/^The mail server has a certificate .+ \(\w+\)$/);
    expect(error.message).toContain(code);
  },
);

test('TLS that is required and not offered, or spoken on the wrong port, sends nothing', async () => {
  const port = await listen(noTls);
  expect(await fail(`smtp://127.0.0.1:${port}?requireTLS=true`)).toMatchObject({ reasonCode: 'email.tls' });
  expect(await fail(`smtps://127.0.0.1:${port}`)).toMatchObject({
    reasonCode: 'email.tls',
    message: 'The mail server and we did not agree on TLS (ERR_SSL_WRONG_VERSION_NUMBER)',
  });
  expect(received).toEqual([]);
});

test('nobody there, no such name, and somebody who hangs up are three things', async () => {
  const rude = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
  open.push(rude);
  await new Promise((resolve) => rude.once('listening', resolve));
  const { port } = rude.address() as AddressInfo;
  expect(await fail('smtp://127.0.0.1:1')).toMatchObject({
    reasonCode: 'email.unreachable',
    message: 'The mail server cannot be reached (ECONNREFUSED)',
  });
  expect(await fail('smtp://mail.invalid')).toMatchObject({
    reasonCode: 'email.unreachable',
    message: expect.stringMatching(/^The mail server cannot be reached \(E\w+\)$/) as string,
  });
  expect(await fail(`smtp://127.0.0.1:${port}`)).toMatchObject({ reasonCode: 'email.disconnected' });
});

test('a refused password keeps the server’s words, and neither user nor password', async () => {
  const port = await listen({
    ...noTls,
    onAuth: ({ username }, _session, done) =>
      done(Object.assign(new Error(`5.7.8 Password of ${username} not accepted`), { responseCode: 535 })),
  });
  const url = `smtp://relay-user:pa%2Fss%23word@127.0.0.1:${port}`;
  expect(await fail(url)).toMatchObject({
    reasonCode: 'email.authentication',
    message: 'The mail server answered 535: 5.7.8 Password of … not accepted',
  });
  const transport = smtpTransport(url);
  expect(await transport.verify(AbortSignal.timeout(20_000))).toBe('email.authentication');
  transport.close();
});

test('a refused recipient keeps the server’s words without the address', async () => {
  const port = await listen({
    ...noTls,
    onRcptTo: ({ address }, _session, done) =>
      done(
        Object.assign(new Error(`5.1.1 <${address}>: mailbox of Grace.Hopper is full`), {
          responseCode: 452,
        }),
      ),
  });
  expect(await fail(`smtp://127.0.0.1:${port}`)).toMatchObject({
    reasonCode: 'email.rejected',
    message: 'The mail server answered 452: 5.1.1 …: mailbox of … is full',
  });
});

test.each([
  ['smtp://h?logger=true', 'MAIL_URL has the parameter logger'],
  ['smtp://h?requireTLS=yes', 'MAIL_URL: requireTLS must be true or false'],
  ['smtp://u:p@h?ignoreTLS=true&requireTLS=true', 'MAIL_URL: requireTLS and ignoreTLS exclude each other'],
  ['smtp://h?tls.caFile=/nowhere/ca.pem', 'MAIL_URL: the file of tls.caFile cannot be read'],
  ['smtp://u:50%off@h', 'MAIL_URL: in the user and password, % is written %25'],
])('%s is refused by name', (url, message) => {
  expect(() => smtpTransport(url)).toThrow(RangeError);
  expect(() => smtpTransport(url)).toThrow(message);
});
