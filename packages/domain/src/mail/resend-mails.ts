import type { AppContext } from '../app-context.js';
import { auditByOperator } from '../audit/audit-by-operator.js';
import { MAIL_FACTS } from './list-mails.js';

/**
 * Lets mails that were given up, or wait longer than a minute for their next attempt, be sent now: those of these ids, or
 * all with null. From today's sender, which may have been what was refused, under the Message-ID they have. Gives those
 * that were let go; what is sent, withdrawn or erased stays as it is. For the operator: no door leads here.
 */
export function resendMails(
  { db, mailFrom }: Pick<AppContext, 'db' | 'mailFrom'>,
  ids: readonly string[] | null,
) {
  return db.inTransaction(async (tx) => {
    // What is due within a minute may be under way.
    const mails = await tx.$queryRaw<{ id: string; partner_id: string | null }[]>`
      UPDATE mail_messages m SET status = 'queued', attempts = 0, next_attempt_at = now(), sender = ${mailFrom}
       WHERE (m.status = 'failed' OR m.status = 'queued' AND m.next_attempt_at > now() + interval '1 minute')
         AND m.body_ciphertext IS NOT NULL AND (${ids}::uuid[] IS NULL OR m.id = ANY (${ids}::uuid[]))
      RETURNING m.id, (SELECT partner_id FROM tenants t WHERE t.tenant = m.tenant)`;
    for (const { id, partner_id: partnerId } of mails)
      await auditByOperator(tx, partnerId, { action: 'mails.resend', targetKind: 'mail', targetId: id });
    const which = { id: { in: mails.map((mail) => mail.id) } };
    return tx.mailMessage.findMany({ where: which, select: MAIL_FACTS, orderBy: { id: 'asc' } });
  });
}
