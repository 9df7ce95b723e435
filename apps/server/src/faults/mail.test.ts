import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createMailServer, type MailServer, type MailTreatment } from '../testing/mail-server.js';
import { hasEnded, untilRun } from '../testing/partner-client.js';
import { createProductBed, type ProductBed } from '../testing/product-bed.js';

// Whatever the mail server does, the tenant is created; the mail waits, can be seen, and arrives under one Message-ID.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

let bed: ProductBed;
let mail: MailServer;
let url = '';
beforeAll(async () => {
  bed = await createProductBed();
  mail = await createMailServer();
  ({ url } = await bed.start({ DEMO: '1', MAIL_URL: mail.url }));
});
afterAll(async () => {
  await bed.drop();
  await mail.close();
});

/** Creates a tenant and gives what its run says of the mail, and how the mail stands. */
async function create(name: string) {
  const { runId } = await bed.createTenant(url, name);
  const run = await untilRun(url, runId, hasEnded);
  const { rows } = await bed.owner.query<{ status: string; error: string | null; message_id: string }>(
    `SELECT status, last_error AS error, message_id FROM mail_messages WHERE recipient = $1`,
    [`${name}@example.com`],
  );
  return { run, mails: rows };
}
const untilSent = async (messageId: string) => {
  await bed.owner.query(`UPDATE mail_messages SET next_attempt_at = now() WHERE status = 'queued'`);
  const find = () => bed.owner.query(`SELECT status FROM mail_messages WHERE message_id = $1`, [messageId]);
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
  expect(mails).toMatchObject([{ status: 'queued', error: 'The mail server cannot be reached' }]);
  await mail.listen();
  const messageId = String(mails[0]?.message_id);
  await untilSent(messageId);
  expect(arrivals(messageId)).toBe(1);
});

it.each<[MailTreatment, string]>([
  [451, 'The mail server answered 451'],
  ['drop', 'The mail server cannot be reached'],
])('%s: the mail waits, and arrives later under the same Message-ID', async (treatment, error) => {
  mail.treatment = treatment;
  const { run, mails } = await create(`treated-${treatment}`);
  expect(run).toMatchObject({ ...warned, warnings: [{ reason_code: 'email.failed' }] });
  expect(mails).toMatchObject([{ status: 'queued', error }]);
  mail.treatment = 'take';
  const messageId = String(mails[0]?.message_id);
  await untilSent(messageId);
  // Who takes a mail without owning up to it gets it again, and knows it by its Message-ID.
  expect(arrivals(messageId)).toBe(treatment === 'drop' ? 2 : 1);
});

it('550: the mail is given up at once, and shown as failed', async () => {
  mail.treatment = 550;
  const { run, mails } = await create('refused');
  expect(run).toMatchObject({ ...warned, warnings: [{ reason_code: 'email.failed' }] });
  expect(mails).toMatchObject([{ status: 'failed', error: 'The mail server answered 550' }]);
  mail.treatment = 'take';
});

it('taken: nothing is said twice, and what was sent is kept no longer', async () => {
  const { run, mails } = await create('taken');
  expect(run).toMatchObject({ status: 'succeeded', warnings: [], result: { email_sent: true } });
  expect(mails).toMatchObject([{ status: 'sent', error: null }]);
  expect(arrivals(String(mails[0]?.message_id))).toBe(1);
  const passwords = mail.received.map(
    (one) => /^Temporary password: (\S+)$/m.exec(one.text ?? '')?.[1] ?? '',
  );
  bed.canaries.push(...passwords);
  await bed.check(url);
});
