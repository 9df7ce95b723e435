import type { AppContext } from '../app-context.js';
import { findLackingKey } from './seal.js';

// Where something is sealed that is still to be opened: a credential of every key, and of all else the newest.
const SEALED = `
(SELECT DISTINCT ON (key_id) ciphertext FROM provider_credentials ORDER BY key_id, added_at DESC)
UNION ALL (SELECT secret_ciphertext FROM webhook_endpoints ORDER BY id DESC LIMIT 1)
UNION ALL (SELECT previous_secret_ciphertext FROM webhook_endpoints WHERE previous_secret_expires_at > now()
            ORDER BY previous_secret_expires_at DESC LIMIT 1)
UNION ALL (SELECT body_ciphertext FROM mail_messages WHERE body_ciphertext IS NOT NULL ORDER BY id DESC LIMIT 1)
UNION ALL (SELECT ciphertext FROM temporary_passwords WHERE expires_at > now() ORDER BY expires_at DESC LIMIT 1)
UNION ALL (SELECT body->>'sealed' FROM idempotency_keys WHERE body ? 'sealed' AND created_at > now() - interval '24 hours'
            ORDER BY created_at DESC LIMIT 1)`;

/**
 * The id of a key that something stored was sealed with and the ring does not hold, or holds under the same name with
 * other contents; null where everything that is looked at can be opened.
 */
export async function findMissingKey({ db, keys }: Pick<AppContext, 'db' | 'keys'>): Promise<string | null> {
  const { rows } = await db.pool.query<{ ciphertext: string }>(SEALED);
  const lacking = await Promise.all(rows.map(({ ciphertext }) => findLackingKey(keys, ciphertext)));
  return lacking.find((keyId) => keyId !== null) ?? null;
}
