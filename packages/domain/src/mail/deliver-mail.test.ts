import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@gangway/db/test-database';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { KeyRing } from '../secrets/key-ring.js';
import { seal } from '../secrets/seal.js';
import { deliverDueMail, deliverMailNow } from './deliver-mail.js';
import { listMails } from './list-mails.js';
import { queueInvitationMail } from './queue-invitation-mail.js';
import { resendMails } from './resend-mails.js';
import type { MailTransport } from './transport.js';
import { smtpTransport } from './transports/smtp.js';

let database: TestDatabase;
let smtp: SMTPServer;
let smtpUrl = '';
let transport: MailTransport;
const received: Email[] = [];
/** What the mail server says to the next mail; null: it takes it. */
let refusal: { responseCode: number; message: string } | null = null;
/** Takes the mail, and hangs up before it says so. */
let dropsAfterAccept = false;
/** Those who wait for the mail server's word, while it keeps them waiting. */
let held: (() => void)[] | null = null;
const keys: KeyRing = [{ id: 'test', key: randomBytes(32) }];
const signal = new AbortController().signal;

beforeAll(async () => {
  database = await createTestDatabase();
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal)
          return done(Object.assign(new Error(refusal.message), { responseCode: refusal.responseCode }));
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          received.push(mail);
          if (dropsAfterAccept) return smtp.connections.forEach((connection) => connection.close());
          if (held) return held.push(done);
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
  transport = smtpTransport(smtpUrl);
});
afterAll(async () => {
  transport.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await database.drop();
});
beforeEach(() => {
  received.length = 0;
  refusal = null;
  dropsAfterAccept = false;
  held = null;
});

const app = () => ({ db: database.db, keys, mailFrom: 'Gangway <gangway@mail.example>' });
const link = 'https://gangway.example/invitation?token=1234';
/** Queues an invitation to a workspace of some name; its id. */
async function queue(workspace_name: string): Promise<string> {
  const values = {
    ...{ workspace_name, inviter: 'owner@example.com', email: 'someone@example.com', role: 'viewer' },
    ...{ role_summary: 'looks', valid_days: '7', accept_url: link },
  };
  const invitation = { workspaceId: '01900000-0000-7000-8000-000000000000', values };
  return database.db.inTransaction(async (tx) => {
    await queueInvitationMail(tx, app(), invitation);
    return (await tx.mailMessage.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
  });
}
const rowOf = (id: string) => database.db.prisma.mailMessage.findUniqueOrThrow({ where: { id } });
// A second ago: an instant is stored rounded to milliseconds, and now would be later than the next look by half of one.
const makeDue = (id: string) =>
  database.db.prisma
    .$executeRaw`UPDATE mail_messages SET next_attempt_at = now() - interval '1 second' WHERE id = ${id}::uuid`;

test('sends text and HTML once, and keeps no body of what was sent', async () => {
  const id = await queue('Acme');
  expect((await rowOf(id)).bodyCiphertext).not.toContain('1234');
  expect(await deliverDueMail(app(), transport, signal)).toBe(1);
  expect(await deliverDueMail(app(), transport, signal)).toBe(0);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    subject: 'Invitation to Acme',
    messageId: `<${id}@mail.example>`,
  });
  expect(received[0]?.text).toContain(link);
  expect(received[0]?.html).toContain(`href="${link}"`);
  expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 1, bodyCiphertext: null });
});

test('a mail that an earlier version left whole in the outbox is sent as it is', async () => {
  const id = await queue('Acme');
  const body = JSON.stringify({ text: 'Secret: 1234', html: null });
  const { ciphertext } = await seal(keys, { owner: 'house', row: id, field: 'body' }, body);
  await database.db.prisma.mailMessage.update({
    where: { id },
    data: { subject: 'Set a new password', bodyCiphertext: ciphertext },
  });
  await deliverDueMail(app(), transport, signal);
  expect(received[0]).toMatchObject({ subject: 'Set a new password', text: 'Secret: 1234\n' });
  expect(received[0]?.html).toBeUndefined();
});

test('a subject that carries line ends adds no header', async () => {
  await queue('Hi\r\nBcc: evil@example.com');
  await deliverDueMail(app(), transport, signal);
  expect(received[0]).toMatchObject({ subject: 'Invitation to Hi Bcc: evil@example.com' });
  expect(received[0]?.bcc).toBeUndefined();
});

test.each([
  [451, 'Try again'],
  [535, 'Authentication failed'],
  [550, 'No such user someone@example.com'],
])('%i is tried again later, with the same Message-ID', async (responseCode, message) => {
  const id = await queue('Later');
  refusal = { responseCode, message };
  await deliverDueMail(app(), transport, signal);
  const waiting = await rowOf(id);
  expect(waiting).toMatchObject({
    status: 'queued',
    attempts: 1,
    lastReasonCode: 'email.rejected',
    lastError: `The mail server answered ${responseCode}: ${message.replace('someone@example.com', '…')}`,
  });
  expect(waiting.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 20_000);
  expect(await deliverDueMail(app(), transport, signal)).toBe(0);
  refusal = null;
  await makeDue(id);
  await deliverDueMail(app(), transport, signal);
  expect(received.map((mail) => mail.messageId)).toEqual([`<${id}@mail.example>`]);
});

test('what was refused for two days is given up, listed, and sent again when asked to', async () => {
  const id = await queue('Given up');
  refusal = { responseCode: 535, message: 'Authentication failed' };
  const tryAs = (attempts: number) =>
    database.db.prisma.mailMessage.update({ where: { id }, data: { attempts, nextAttemptAt: new Date(0) } });
  await tryAs(14);
  await deliverDueMail(app(), transport, signal);
  expect(await rowOf(id)).toMatchObject({ status: 'queued', attempts: 15 });
  await tryAs(15);
  await deliverDueMail(app(), transport, signal);
  const [mail] = (await listMails(app(), 'failed')).filter((one) => one.id === id);
  expect(mail).toMatchObject({ status: 'failed', attempts: 16, lastReasonCode: 'email.rejected' });

  refusal = null;
  expect(await resendMails({ ...app(), mailFrom: 'Mended <mended@mail.example>' }, [id])).toMatchObject([
    { id, status: 'queued', attempts: 0 },
  ]);
  // It is as good as sent: nothing to hurry.
  expect(await resendMails(app(), [id])).toEqual([]);
  await deliverDueMail(app(), transport, signal);
  expect(received).toMatchObject([
    { messageId: `<${id}@mail.example>`, from: { address: 'mended@mail.example' } },
  ]);
  expect(await resendMails(app(), [id])).toEqual([]);
  const asked = await database.db.prisma.auditEvent.findMany({ where: { targetId: id } });
  expect(asked).toMatchObject([{ action: 'mails.resend', actorKind: 'system', outcome: 'allowed' }]);
});

test('what waits for another attempt is sent at once when asked to, without being named too', async () => {
  const id = await queue('Waiting');
  await database.db.prisma.$executeRaw`
    UPDATE mail_messages SET attempts = 12, next_attempt_at = now() + interval '6 hours' WHERE id = ${id}::uuid`;
  expect((await resendMails(app(), null)).map((mail) => mail.id)).toEqual([id]);
  expect(await deliverDueMail(app(), transport, signal)).toBe(1);
  expect((await rowOf(id)).status).toBe('sent');
});

test('a mail whose acceptance was lost goes out again under the same Message-ID', async () => {
  const id = await queue('Dropped');
  dropsAfterAccept = true;
  await deliverDueMail(app(), transport, signal);
  expect(await rowOf(id)).toMatchObject({ status: 'queued' });
  dropsAfterAccept = false;
  await makeDue(id);
  await deliverDueMail(app(), transport, signal);
  expect(new Set(received.map((mail) => mail.messageId))).toEqual(new Set([`<${id}@mail.example>`]));
  expect((await rowOf(id)).status).toBe('sent');
});

test('a mail that is broken off is no failed attempt, and is due at once', async () => {
  const ids = [await queue('Broken off'), await queue('Another')];
  held = [];
  const stop = new AbortController();
  const delivering = deliverDueMail(app(), transport, stop.signal);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  stop.abort();
  await delivering;
  for (const id of ids) {
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'queued', attempts: 0, lastError: null });
    expect(row.nextAttemptAt.getTime()).toBeLessThanOrEqual(Date.now());
  }

  const now = new AbortController();
  const sending = deliverMailNow(app(), transport, ids[0] ?? '', now.signal);
  await vi.waitFor(() => expect(held).toHaveLength(3));
  now.abort(new Error('Drained'));
  await expect(sending).rejects.toThrow('Drained');
  held = null;
  await deliverDueMail(app(), transport, signal);
  for (const id of ids) expect(await rowOf(id)).toMatchObject({ status: 'sent', attempts: 1 });
});

test('claims no more than it sends: what waits can be withdrawn, or sent by others', async () => {
  for (let index = 0; index < 5; index += 1) await queue(`Slow ${index}`);
  const waiting = [await queue('Withdrawn'), await queue('By others')];
  held = [];
  const delivering = deliverDueMail(app(), transport, signal);
  await vi.waitFor(() => expect(held).toHaveLength(5));
  for (const id of waiting) expect(await rowOf(id)).toMatchObject({ attempts: 0 });
  await database.db.prisma.mailMessage.update({
    where: { id: waiting[0] ?? '' },
    data: { status: 'withdrawn', bodyCiphertext: null },
  });
  const kept = held;
  held = null;
  const others = smtpTransport(smtpUrl);
  expect(await deliverDueMail(app(), others, signal)).toBe(1);
  others.close();
  for (const done of kept) done();
  expect(await delivering).toBe(5);
  expect(await deliverDueMail(app(), transport, signal)).toBe(0);
  expect(received.map((mail) => mail.subject).toSorted()).toEqual([
    'Invitation to By others',
    ...Array.from({ length: 5 }, (_, index) => `Invitation to Slow ${index}`),
  ]);
});

test('eight workers at once send every mail once', async () => {
  for (let index = 0; index < 30; index += 1) await queue(`Mail ${index}`);
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while ((await deliverDueMail(app(), transport, signal)) > 0);
    }),
  );
  expect(received.map((mail) => mail.subject).sort()).toEqual(
    Array.from({ length: 30 }, (_, index) => `Invitation to Mail ${index}`).sort(),
  );
});

test('a server that is away leaves the mail queued', async () => {
  const id = await queue('Away');
  const away = smtpTransport('smtp://127.0.0.1:1');
  await deliverDueMail(app(), away, signal);
  expect(await rowOf(id)).toMatchObject({ status: 'queued', lastReasonCode: 'email.unreachable' });
  expect(await away.verify(signal)).toBe('email.unreachable');
  away.close();
});
