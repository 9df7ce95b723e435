import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createMailServer, type MailServer, type MailTreatment } from '../testing/mail-server.js';
import { hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductFixture, type ProductFixture } from '../testing/product-fixture.js';
import { endServer, type SpawnedServer } from '../testing/spawn-server.js';

// Whatever the mail server does, the tenant is created; the mail waits, can be seen, and arrives under one Message-ID.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let fixture: ProductFixture;
let mail: MailServer;
let server: SpawnedServer;
let url = '';
beforeAll(async () => {
  fixture = await createProductFixture();
  mail = await createMailServer();
  await start();
});
afterAll(async () => {
  await fixture.drop();
  await mail.close();
});

async function start(): Promise<void> {
  const started = await fixture.start({ DEMO: '1', MAIL_URL: mail.url });
  ({ url } = started);
  server = started;
}
/** Creates a tenant and gives what its run says of the mail, and how the mail stands. */
async function create(name: string) {
  const { runId } = await fixture.createTenant(url, name);
  const run = await untilRun(url, runId, hasEnded);
  const { rows } = await fixture.owner.query<{ status: string; reason: string | null; message_id: string }>(
    `SELECT status, last_reason_code AS reason, message_id FROM mail_messages WHERE recipient = $1`,
    [`${name}@example.com`],
  );
  return { run, mails: rows };
}
const untilSent = async (messageId: string) => {
  await fixture.owner.query(`UPDATE mail_messages SET next_attempt_at = now() WHERE status = 'queued'`);
  const find = () =>
    fixture.owner.query(`SELECT status FROM mail_messages WHERE message_id = $1`, [messageId]);
  await vi.waitFor(async () => expect((await find()).rows).toEqual([{ status: 'sent' }]), {
    timeout: 20_000,
    interval: 50,
  });
};
const arrivals = (messageId: string) => mail.received.filter((one) => one.messageId === messageId).length;
const warned = { status: 'succeeded', result: { success: true, email_sent: false } };

it('nobody answers: the run says so, and the mail goes out once when somebody does', async () => {
  const { run, mails } = await create('away');
  expect(run).toMatchObject({ ...warned, warnings: [{ reason_code: 'email.failed' }] });
  expect(mails).toMatchObject([{ status: 'queued', reason: 'email.unreachable' }]);
  const ready = await fetch(`${url}/readyz`);
  expect(await ready.json()).toMatchObject({
    status: 'not_ready',
    checks: { mail_transport: { state: 'failed', detail: 'email.unreachable' } },
  });
  await mail.listen();
  const messageId = String(mails[0]?.message_id);
  await untilSent(messageId);
  expect(arrivals(messageId)).toBe(1);
});

it.each<[MailTreatment, string]>([
  [451, 'email.rejected'],
  [550, 'email.rejected'],
  ['drop', 'email.disconnected'],
])('%s: the mail waits, and arrives later under the same Message-ID', async (treatment, reason) => {
  mail.treatment = treatment;
  const { run, mails } = await create(`treated-${treatment}`);
  expect(run).toMatchObject({ ...warned, warnings: [{ reason_code: 'email.failed' }] });
  expect(mails).toMatchObject([{ status: 'queued', reason }]);
  mail.treatment = 'take';
  const messageId = String(mails[0]?.message_id);
  await untilSent(messageId);
  // Who takes a mail without owning up to it gets it again, and knows it by its Message-ID.
  expect(arrivals(messageId)).toBe(treatment === 'drop' ? 2 : 1);
});

it('says nothing when the server has to end: out within 10 s with 0, and the next process sends at once', async () => {
  mail.treatment = 451;
  const { mails } = await create('waiting');
  const messageId = String(mails[0]?.message_id);
  mail.treatment = 'hold';
  const before = mail.received.length;
  await fixture.owner.query(`UPDATE mail_messages SET next_attempt_at = now() WHERE message_id = $1`, [
    messageId,
  ]);
  const { runId } = await fixture.createTenant(url, 'welcomed');
  await vi.waitFor(() => expect(mail.received).toHaveLength(before + 2), { timeout: 20_000 });
  const ended = await Promise.race([endServer(server), sleep(10_000, 'still there')]);
  expect(ended, server.output()).toBe(0);
  const { rows } = await fixture.owner.query(
    `SELECT attempts, next_attempt_at <= now() AS due FROM mail_messages WHERE status = 'queued' ORDER BY attempts`,
  );
  expect(rows).toEqual([
    { attempts: 0, due: true },
    { attempts: 1, due: true },
  ]);

  mail.treatment = 'take';
  await start();
  expect(await untilRun(url, runId, hasEnded)).toMatchObject({ status: 'succeeded' });
  await untilSent(messageId);
  expect(arrivals(messageId)).toBe(2);
});

it('taken: nothing is said twice, and what was sent is kept no longer', async () => {
  const { run, mails } = await create('taken');
  expect(run).toMatchObject({ status: 'succeeded', warnings: [], result: { email_sent: true } });
  expect(mails).toMatchObject([{ status: 'sent', reason: null }]);
  expect(arrivals(String(mails[0]?.message_id))).toBe(1);
  const passwords = mail.received.map(
    (one) => /^Temporary password: (\S+)$/m.exec(one.text ?? '')?.[1] ?? '',
  );
  fixture.canaries.push(...passwords);
  await fixture.check(url);
});
