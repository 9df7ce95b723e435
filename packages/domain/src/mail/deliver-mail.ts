import { anySignal } from 'any-signal';
import type { AppContext } from '../app-context.js';
import { openMail } from './open-mail.js';
import { MailError, toHeaderText, type MailTransport } from './transport.js';

/** A claimed mail is nobody else's for this long; then it is taken for lost and claimed again. */
const CLAIM_MS = 60_000;
/** A transport has this long to take a mail, so that the claim holds for as long as it is being sent. */
const SEND_MS = 45_000;
/**
 * After this many refusals, about two days of them, a mail is given up and shown as failed. Never sooner: what refuses it
 * may be mended meanwhile.
 */
const MAX_ATTEMPTS = 16;
/** How many mails are sent side by side. No more are claimed: what waits can be withdrawn, or sent by others. */
const MAX_IN_FLIGHT = 5;

interface ClaimedMail {
  readonly id: string;
  readonly message_id: string;
  readonly tenant: string | null;
  readonly recipient: string;
  readonly sender: string;
  readonly subject: string;
  readonly body_ciphertext: string;
  readonly template: unknown;
  readonly attempts: number;
}

type MailContext = Pick<AppContext, 'db' | 'keys'>;

/**
 * Sends the queued mails that are due, once through, and tells how many it took up. Workers share the table without
 * meeting (SKIP LOCKED). At least once: a mail whose worker died goes out again, with the same Message-ID. `stop` breaks
 * off what the transport has not taken yet, and leaves it to the next worker.
 */
export async function deliverDueMail(
  app: MailContext,
  transport: MailTransport,
  stop: AbortSignal,
): Promise<number> {
  const claimed = await app.db.prisma.$queryRaw<ClaimedMail[]>`
    UPDATE mail_messages m SET attempts = m.attempts + 1, next_attempt_at = now() + ${CLAIM_MS} * interval '1 ms'
     WHERE m.id IN (SELECT id FROM mail_messages WHERE status = 'queued' AND next_attempt_at <= now()
                     ORDER BY next_attempt_at LIMIT ${MAX_IN_FLIGHT} FOR UPDATE SKIP LOCKED)
    RETURNING m.id, m.message_id, m.tenant, m.recipient, m.sender, m.subject, m.body_ciphertext, m.template, m.attempts`;
  const ends = await Promise.allSettled(claimed.map((mail) => sendClaimed(app, transport, mail, stop)));
  for (const end of ends) if (end.status === 'rejected') throw end.reason; // the claim runs out, and it is sent again
  return claimed.length;
}

/**
 * Sends one queued mail now, unless somebody else has it or it is sent already. Tells whether it is. Never throws for the
 * transport. @throws the reason of `stop` where that broke it off
 */
export async function deliverMailNow(
  app: MailContext,
  transport: MailTransport,
  mailId: string,
  stop: AbortSignal,
): Promise<boolean> {
  const [mail] = await app.db.prisma.$queryRaw<ClaimedMail[]>`
    UPDATE mail_messages SET attempts = attempts + 1, next_attempt_at = now() + ${CLAIM_MS} * interval '1 ms'
     WHERE id = ${mailId}::uuid AND status = 'queued' AND next_attempt_at <= now()
    RETURNING id, message_id, tenant, recipient, sender, subject, body_ciphertext, template, attempts`;
  if (mail) {
    const isSent = await sendClaimed(app, transport, mail, stop);
    if (!isSent) stop.throwIfAborted();
    return isSent;
  }
  const found = await app.db.prisma.mailMessage.findUnique({
    where: { id: mailId },
    select: { status: true },
  });
  return found?.status === 'sent';
}

async function sendClaimed(
  app: MailContext,
  transport: MailTransport,
  mail: ClaimedMail,
  stop: AbortSignal,
): Promise<boolean> {
  // Unlike AbortSignal.any it stops listening to `stop`, which lives as long as the process, when it is cleared.
  const signal = anySignal([stop, AbortSignal.timeout(SEND_MS)]);
  try {
    const { message_id: messageId, recipient: to, sender: from } = mail;
    const { subject, text, html } = await openMail(app.keys, {
      ...mail,
      bodyCiphertext: mail.body_ciphertext,
    });
    await transport.send({ messageId, from, to, subject: toHeaderText(subject), text, html }, signal);
  } catch (error) {
    await (stop.aborted ? release(app, mail) : postpone(app, mail, error));
    return false;
  } finally {
    signal.clear();
  }
  // What was sent need not be kept: it may carry a link or a one-time password. The outbox is there to be read.
  await app.db.prisma.$executeRaw`
    UPDATE mail_messages SET status = 'sent', sent_at = now(), last_error = NULL, last_reason_code = NULL,
           body_ciphertext = CASE WHEN ${transport.recordsOnly} THEN body_ciphertext END,
           template = CASE WHEN ${transport.recordsOnly} THEN template END
     WHERE id = ${mail.id}::uuid AND status = 'queued'`;
  return true;
}

/** Nobody but us broke it off: it does not count as an attempt, and need not wait. */
async function release(app: MailContext, mail: ClaimedMail): Promise<void> {
  await app.db.prisma.$executeRaw`
    UPDATE mail_messages SET attempts = attempts - 1, next_attempt_at = now()
     WHERE id = ${mail.id}::uuid AND status = 'queued' AND attempts = ${mail.attempts}`;
}

/** Half a minute after the first refusal, doubling to six hours, each with up to a quarter of jitter. */
async function postpone(app: MailContext, mail: ClaimedMail, error: unknown): Promise<void> {
  const isGivenUp = mail.attempts >= MAX_ATTEMPTS;
  const delayMs = Math.min(30_000 * 2 ** (mail.attempts - 1), 6 * 3_600_000) * (1 + Math.random() / 4);
  const { reasonCode, message } =
    error instanceof MailError
      ? error
      : { reasonCode: 'email.unprepared', message: 'The mail could not be prepared' };
  await app.db.prisma.$executeRaw`
    UPDATE mail_messages SET status = ${isGivenUp ? 'failed' : 'queued'}, last_error = ${message},
           last_reason_code = ${reasonCode},
           next_attempt_at = now() + ${Math.round(delayMs)} * interval '1 ms'
     WHERE id = ${mail.id}::uuid AND status = 'queued'`;
}
