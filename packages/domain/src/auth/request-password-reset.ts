import { uuidv7 } from 'uuidv7';
import type { PublicScope } from '../access/scope.js';
import { takePoints } from '../limits/limits.js';
import { toAddressKey } from '../limits/to-address-key.js';
import { messageIdOf, sealMailBody } from '../mail/queue-mail.js';
import { createToken } from '../secrets/token.js';

const LINK_LIFETIME_MS = 60 * 60 * 1000;

// One statement whoever is meant, and it writes either way: an answer must not come sooner where there is no account.
const STATEMENT = `
WITH account AS (SELECT user_id, email FROM users WHERE email = $1 AND disabled_at IS NULL),
link AS (
  INSERT INTO user_links (id, user_id, purpose, token_hash, expires_at)
  SELECT $2::uuid, user_id, 'reset', $3::bytea, $4::timestamptz FROM account),
mail AS (
  INSERT INTO mail_messages (id, message_id, recipient, sender, subject, body_ciphertext)
  SELECT $5::uuid, $6, email, $7, 'Set a new password', $8 FROM account)
INSERT INTO audit_events (id, actor_kind, actor_id, actor_label, action, outcome, target_kind, target_id, request_id)
SELECT $9::uuid, 'system', 'reset', 'somebody', 'auth.requestPasswordReset',
       CASE WHEN a.user_id IS NULL THEN 'denied' ELSE 'allowed' END, 'user', a.user_id::text, $10
  FROM (SELECT 1) one LEFT JOIN account a ON true`;

/**
 * Mails a link for a new password, good once and for an hour. Neither the answer nor the time it takes tells whether
 * the account exists. @throws AppError too_many
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
  const text = `Somebody asked for a new password for your Gangway account.\n\nSet it here within an hour:\n${house.appUrl}/set-password?token=${token}\n\nIf it was not you, ignore this mail: nothing has changed.`;
  await house.db.pool.query({
    name: 'request_password_reset',
    text: STATEMENT,
    values: [
      input.email,
      uuidv7(),
      Buffer.from(hash),
      new Date(Date.now() + LINK_LIFETIME_MS),
      mailId,
      messageIdOf(house.mailFrom, mailId),
      house.mailFrom,
      await sealMailBody(house.keys, null, mailId, { text }),
      uuidv7(),
      scope.requestId,
    ],
  });
  return {};
}
