/** What is kept of work that was done under a signal that lives as long as the process: nothing. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import { countKeptObjects, fillTransactionHistory, NOTHING_KEPT } from '@gangway/engine/testing/kept-objects';
import { openLab, type SandboxLab, targetOf } from '@gangway/providers/testing/sandbox-lab';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDueMail } from './mail/deliver-mail.js';
import { queueInvitationMail } from './mail/queue-invitation-mail.js';
import type { MailTransport } from './mail/transport.js';
import { resendTransport } from './mail/transports/resend.js';
import { smtpTransport } from './mail/transports/smtp.js';
import { postWebhook } from './webhooks/post-webhook.js';

const CALLS = 20;
const TIMEOUT_MS = 120_000;
/** Of the process: aborted when it stops, which it does not here. */
const stop = new AbortController().signal;

let database: TestDatabase;
let lab: SandboxLab;
let smtp: SMTPServer;
let receiver: Server;
let origin = '';
const app = () => ({
  db: database.db,
  keys: [{ id: 'test', key: randomBytes(32) }] as const,
  mailFrom: 'Gangway <gangway@mail.example>',
});

beforeAll(async () => {
  database = await createTestDatabase();
  await fillTransactionHistory(database.db);
  lab = await openLab();
  smtp = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'] });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
afterAll(async () => {
  receiver.close();
  receiver.closeAllConnections();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await lab.close();
  await database.drop();
});

const invitation = {
  workspaceId: '01900000-0000-7000-8000-000000000000',
  values: {
    ...{ workspace_name: 'Kept', inviter: 'owner@example.com', email: 'someone@example.com', role: 'viewer' },
    ...{ role_summary: 'looks', valid_days: '7', accept_url: 'https://gangway.example/invitation#1234' },
  },
};

test.each<[string, () => MailTransport, boolean]>([
  ['SMTP', () => smtpTransport(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`), true],
  ['HTTP', () => resendTransport('re_key', `${origin}/emails`), true],
  ['a service that is away', () => resendTransport('re_key', 'http://127.0.0.1:1/'), false],
])('nothing is kept of a mail by %s', { timeout: TIMEOUT_MS }, async (_name, open, isSent) => {
  const transport = open();
  const parts = app();
  const send = async () => {
    await database.db.inTransaction((tx) => queueInvitationMail(tx, parts, invitation));
    await deliverDueMail(parts, transport, stop);
  };
  expect(await countKeptObjects(CALLS, send)).toEqual(NOTHING_KEPT);
  const sent = await database.db.prisma.mailMessage.count({ where: { status: 'sent' } });
  expect(sent > 0).toBe(isSent);
  await database.db.prisma.mailMessage.deleteMany({});
  transport.close();
});

test.each([
  ['was delivered', () => origin],
  ['nobody received', () => 'http://127.0.0.1:1'],
])('nothing is kept of a webhook that %s', { timeout: TIMEOUT_MS }, async (_how, where) => {
  const post = () =>
    postWebhook(new URL('/hook', where()), {}, '{}', () => true, stop).catch(() => undefined);
  expect(await countKeptObjects(CALLS, post)).toEqual(NOTHING_KEPT);
});

test('nothing is kept of calls to the provider', { timeout: TIMEOUT_MS }, async () => {
  const call = async () => {
    await lab.provider.discover('healthy.sandbox.example', stop);
    await lab.provider.read('inventory.domains', targetOf('healthy'), stop);
    await lab.provider.check('sign_in', targetOf('consent-missing'), {}, stop).catch(() => undefined);
  };
  expect(await countKeptObjects(CALLS, call)).toEqual(NOTHING_KEPT);
});
