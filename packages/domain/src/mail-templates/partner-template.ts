import { Prisma } from '@gangway/db/client';

/**
 * SQL: the words that a partner gave a mail, as `mail_messages.template` keeps them; NULL for the default template.
 * `partnerId` and `key` are SQL, too.
 */
export function partnerTemplate(partnerId: Prisma.Sql, key: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT jsonb_build_object('subject', m.subject, 'text', m.text, 'html', m.html)
      FROM mail_templates m WHERE m.partner_id = ${partnerId} AND m.key = ${key})`;
}
