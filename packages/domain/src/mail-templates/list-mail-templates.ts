import {
  isMailTemplateKey,
  MAIL_TEMPLATE_KEYS,
  type mailTemplateList,
  type ShownMailTemplate,
} from '@gangway/contract/provisioning/mail-templates';
import type { pageQuery } from '@gangway/contract/provisioning/shared';
import type { z } from 'zod';
import type { PartnerScope } from '../access/scope.js';
import { invalidField, notFound } from '../errors.js';
import { toMailTemplate } from './to-mail-template.js';

export type MailTemplateRef = { readonly key: string };

/** Every mail that can have words of the partner's own, with the words it has now. @throws AppError invalid */
export async function listMailTemplates(
  scope: PartnerScope,
  { cursor, limit }: z.output<typeof pageQuery>,
): Promise<z.infer<typeof mailTemplateList>> {
  if (cursor !== undefined && !isMailTemplateKey(cursor))
    throw invalidField('cursor', 'Must be a cursor of an earlier page');
  const after = cursor === undefined ? 0 : MAIL_TEMPLATE_KEYS.indexOf(cursor) + 1;
  const shown = MAIL_TEMPLATE_KEYS.slice(after, after + limit);
  const rows = await scope.app.db.prisma.mailTemplate.findMany({
    where: { partnerId: scope.partnerId, key: { in: shown } },
  });
  return {
    items: shown.map((key) => toMailTemplate(key, rows.find((row) => row.key === key) ?? null)),
    next_cursor: after + limit < MAIL_TEMPLATE_KEYS.length ? (shown.at(-1) ?? null) : null,
  };
}

/** The words of one mail: the partner's own, or the defaults. @throws AppError not_found */
export async function getMailTemplate(
  scope: PartnerScope,
  { key }: MailTemplateRef,
): Promise<ShownMailTemplate> {
  if (!isMailTemplateKey(key)) throw notFound();
  const { partnerId } = scope;
  const row = await scope.app.db.prisma.mailTemplate.findUnique({
    where: { partnerId_key: { partnerId, key } },
  });
  return toMailTemplate(key, row);
}
