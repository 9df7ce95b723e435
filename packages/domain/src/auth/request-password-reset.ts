import { Prisma } from '@gangway/db/client';
import { uuidv7 } from 'uuidv7';
import type { PublicScope } from '../access/scope.js';
import { takePoints } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { partnerWords } from '../mail-templates/partner-words.js';
import { messageIdOf, sealTemplatedMail } from '../mail/seal-mail.js';
import { createToken } from '../secrets/token.js';

const LINK_LIFETIME_MINUTES = 60;

interface Person {
  readonly tenant: string;
  readonly company_name: string;
  readonly first_name: string;
  readonly last_name: string;
}

const FIND_PERSON = `
SELECT u.tenant, t.company_name, u.first_name, u.last_name FROM users u JOIN tenants t ON t.tenant = u.tenant
 WHERE u.email = $1 AND u.disabled_at IS NULL`;

const WORDS = partnerWords(
  Prisma.sql`(SELECT partner_id FROM tenants WHERE tenant = account.tenant)`,
  Prisma.sql`'password_reset'`,
);

// One statement whoever is meant, and it writes either way: an answer must not come sooner where there is no account.
const STATEMENT = `
WITH account AS (SELECT user_id, email, tenant FROM users WHERE email = $1 AND disabled_at IS NULL),
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
 * Mails a link for a new password, good once and for an hour, in the words of the partner to whom the account's tenant
 * belongs, or in those of the house. Neither the answer nor the time it takes tells whether the account exists.
 * @throws AppError too_many
 */
export async function requestPasswordReset(
  scope: PublicScope,
  input: { email: string },
): Promise<Record<string, never>> {
  const { house } = scope;
  const address = toAddressKey(scope.clientAddress);
  await takePoints(
    scope,
    ['reset.pair', `${address} ${input.email}`],
    ['reset.address', address],
    ['reset.account', input.email],
  );
  const { token, hash } = createToken();
  const mailId = uuidv7();
  const { tenant, ...person } = await findPerson(scope, input.email);
  const { subject, bodyCiphertext } = await sealTemplatedMail(house.keys, tenant, mailId, {
    template: 'password_reset',
    values: {
      ...person,
      email: input.email,
      valid_minutes: String(LINK_LIFETIME_MINUTES),
      reset_url: `${house.appUrl}/set-password?token=${token}`,
    },
  });
  await house.db.pool.query({
    name: 'request_password_reset',
    text: STATEMENT,
    values: [
      input.email,
      uuidv7(),
      Buffer.from(hash),
      new Date(Date.now() + LINK_LIFETIME_MINUTES * 60_000),
      mailId,
      messageIdOf(house.mailFrom, mailId),
      house.mailFrom,
      subject,
      bodyCiphertext,
      uuidv7(),
      scope.requestId,
      tenant,
    ],
  });
  return {};
}

/**
 * How the mail names its reader, and to which tenant it belongs. For nobody it is a mail all the same: it is made, and then
 * not written.
 */
async function findPerson({ house }: PublicScope, email: string) {
  const { rows } = await house.db.pool.query<Person>({
    name: 'find_person_to_reset',
    text: FIND_PERSON,
    values: [email],
  });
  const [person] = rows;
  return {
    tenant: person?.tenant ?? null,
    tenant_name: person?.company_name ?? 'nobody',
    first_name: person?.first_name ?? 'nobody',
    last_name: person?.last_name ?? 'nobody',
  };
}
