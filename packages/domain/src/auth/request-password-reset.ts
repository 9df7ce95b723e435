import { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import type { PublicScope } from '../access/scope.js';
import { takePoints } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { partnerTemplate } from '../mail-templates/partner-template.js';
import { messageIdOf, sealTemplatedMail } from '../mail/seal-mail.js';
import { createToken } from '../secrets/token.js';

const LINK_LIFETIME_MINUTES = 60;

interface Person {
  readonly first_name: string;
  readonly last_name: string;
  /** Of the tenant that the mail names: the one in which the person has worked longest. */
  readonly tenant: string | null;
  readonly company_name: string | null;
  readonly tenants: number;
  /** Of this partner are all tenants in which the person works; null: of several, or there are none. */
  readonly partner_id: string | null;
}

const FIND_PERSON = `
SELECT u.first_name, u.last_name, o.tenant, o.company_name, o.tenants,
       CASE WHEN o.partners = 1 THEN o.partner_id END AS partner_id
  FROM users u CROSS JOIN LATERAL (
    SELECT (array_agg(t.tenant ORDER BY m.created_at, t.tenant))[1] AS tenant,
           (array_agg(t.company_name ORDER BY m.created_at, t.tenant))[1] AS company_name,
           count(*)::int AS tenants, count(DISTINCT t.partner_id) AS partners, (array_agg(t.partner_id))[1] AS partner_id
      FROM memberships m JOIN workspaces w ON w.id = m.workspace_id JOIN tenants t ON t.tenant = w.tenant
     WHERE m.user_id = u.user_id) o
 WHERE u.email = $1 AND u.disabled_at IS NULL`;

const WORDS = partnerTemplate(Prisma.sql`$13::uuid`, Prisma.sql`'password_reset'`);

// One statement whoever is meant, and it writes either way: an answer must not come sooner where there is no account.
const STATEMENT = `
WITH account AS (SELECT user_id, email FROM users WHERE email = $1 AND disabled_at IS NULL),
link AS (
  INSERT INTO user_links (id, user_id, purpose, token_hash, expires_at)
  SELECT $2::uuid, user_id, 'reset', $3::bytea, $4::timestamptz FROM account),
mail AS (
  INSERT INTO mail_messages (id, message_id, tenant, recipient, sender, subject, body_ciphertext, template)
  SELECT $5::uuid, $6, $12::uuid, email, $7, $8, $9, ${WORDS.text}
    FROM account)
INSERT INTO audit_events (id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, request_id)
SELECT $10::uuid, 'system', 'reset', 'somebody', 'auth.requestPasswordReset',
       CASE WHEN a.user_id IS NULL THEN 'denied' ELSE 'allowed' END, 'user', a.user_id::text, $11
  FROM (SELECT 1) one LEFT JOIN account a ON true`;

/**
 * Mails a link for a new password, good once and for an hour. The mail uses the template of a partner only if all tenants
 * in which the person works are this partner's; otherwise the default one. Neither the answer nor the time it takes tells
 * whether the account exists.
 * @throws AppError too_many
 */
export async function requestPasswordReset(
  scope: PublicScope,
  input: { email: string },
): Promise<Record<string, never>> {
  const { app } = scope;
  const address = toAddressKey(scope.clientAddress);
  await takePoints(
    scope,
    ['reset.pair', `${address} ${input.email}`],
    ['reset.address', address],
    ['reset.account', input.email],
  );
  const { token, hash } = createToken();
  const mailId = uuidv7();
  const { tenant, partnerId, ...person } = await findPerson(scope, input.email);
  const { subject, bodyCiphertext } = await sealTemplatedMail(app.keys, tenant, mailId, {
    template: 'password_reset',
    values: {
      ...person,
      email: input.email,
      valid_minutes: String(LINK_LIFETIME_MINUTES),
      reset_url: `${app.appUrl}/set-password?token=${token}`,
    },
  });
  await app.db.pool.query({
    name: 'request_password_reset',
    text: STATEMENT,
    values: [
      input.email,
      uuidv7(),
      Buffer.from(hash),
      new Date(Date.now() + LINK_LIFETIME_MINUTES * 60_000),
      mailId,
      messageIdOf(app.mailFrom, mailId),
      app.mailFrom,
      subject,
      bodyCiphertext,
      uuidv7(),
      scope.requestId,
      tenant,
      partnerId,
    ],
  });
  return {};
}

/**
 * How the mail names its reader, whose template it uses, and to which tenant it belongs: to none if the person works in
 * several, so that it is not withdrawn with one of them. For nobody it is a mail all the same: it is made, and then not
 * written.
 */
async function findPerson({ app }: PublicScope, email: string) {
  const { rows } = await app.db.pool.query<Person>({
    name: 'find_person_to_reset',
    text: FIND_PERSON,
    values: [email],
  });
  const [person] = rows;
  return {
    tenant: person?.tenants === 1 ? person.tenant : null,
    partnerId: person?.partner_id ?? null,
    tenant_name: person?.company_name ?? 'Gangway',
    first_name: person?.first_name ?? 'nobody',
    last_name: person?.last_name ?? 'nobody',
  };
}
