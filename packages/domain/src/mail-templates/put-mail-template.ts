import {
  isMailTemplateKey,
  type mailTemplatePut,
  type ShownMailTemplate,
} from '@gangway/contract/provisioning/mail-templates';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { writeAsPartner } from '../access/write-as-partner.js';
import { audit } from '../audit/audit.js';
import { AppError, notFound } from '../errors.js';
import { checkTemplate } from './check-template.js';
import type { MailTemplateRef } from './list-mail-templates.js';
import { toMailTemplate } from './to-mail-template.js';

/** Gives a mail words of the partner's own. @throws AppError not_found; invalid where no good mail could be made of them */
export async function putMailTemplate(
  scope: PartnerScope,
  { key, subject, text, html }: MailTemplateRef & z.output<typeof mailTemplatePut>,
): Promise<ShownMailTemplate> {
  if (!isMailTemplateKey(key)) throw notFound();
  const words = { subject, text, html: html ?? null };
  const fieldErrors = checkTemplate(key, words);
  if (fieldErrors.length > 0) throw new AppError('invalid', 'validation.failed', { fieldErrors });
  const { partnerId, actor } = scope;
  const written = { ...words, updatedBy: actor.label, updatedAt: new Date() };
  return writeAsPartner(scope, async (tx) => {
    const row = await tx.mailTemplate.upsert({
      where: { partnerId_key: { partnerId, key } },
      create: { partnerId, key, ...written },
      update: written,
    });
    await audit(tx, scope, { action: 'mailTemplates.put', targetKind: 'mail_template', targetId: key });
    return toMailTemplate(key, row);
  });
}
