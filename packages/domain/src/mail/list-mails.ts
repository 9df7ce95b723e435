import type { AppContext } from '../app-context.js';

export const MAIL_STATUSES = ['queued', 'sent', 'failed', 'withdrawn'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

/** What is told of a mail without its words. */
export const MAIL_FACTS = {
  ...{ id: true, status: true, recipient: true, subject: true, attempts: true },
  ...{ lastReasonCode: true, lastError: true },
  ...{ createdAt: true, nextAttemptAt: true, sentAt: true },
} as const;

/** The newest hundred mails of everybody, or of those of one status. For the operator: no door leads here. */
export function listMails({ db }: Pick<AppContext, 'db'>, status?: MailStatus) {
  return db.prisma.mailMessage.findMany({
    where: status === undefined ? {} : { status },
    select: MAIL_FACTS,
    orderBy: { id: 'desc' },
    take: 100,
  });
}
