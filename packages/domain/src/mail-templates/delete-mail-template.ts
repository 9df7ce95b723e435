import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import type { MailTemplateRef } from './list-mail-templates.js';

/** Goes back to the default template. Mails that are written already keep theirs. Nothing to do is fine. */
export async function deleteMailTemplate(scope: PartnerScope, { key }: MailTemplateRef): Promise<void> {
  await writeAsPartner(scope, async (tx) => {
    const removed = await tx.mailTemplate.deleteMany({ where: { partnerId: scope.partnerId, key } });
    if (removed.count === 0) return;
    await audit(tx, scope, { action: 'mailTemplates.delete', targetKind: 'mail_template', targetId: key });
  });
}
