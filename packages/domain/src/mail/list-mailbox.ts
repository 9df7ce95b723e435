import type { AppContext } from '../app-context.js';
import { openMail } from './open-mail.js';

export interface MailboxItem {
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string;
  readonly createdAt: string;
}

/** The newest hundred mails with their text. For the demo only: it shows links and one-time passwords. */
export async function listMailbox(app: AppContext): Promise<{ items: MailboxItem[] }> {
  const rows = await app.db.prisma.mailMessage.findMany({
    where: { bodyCiphertext: { not: null }, status: { not: 'withdrawn' } },
    orderBy: { id: 'desc' },
    take: 100,
  });
  const items = rows.map(async (row) => {
    const mail = await openMail(app.keys, { ...row, bodyCiphertext: row.bodyCiphertext ?? '' });
    return {
      to: row.recipient,
      from: row.sender,
      ...mail,
      messageId: row.messageId,
      createdAt: row.createdAt.toISOString(),
    };
  });
  return { items: await Promise.all(items) };
}
