import type { Prisma } from '@gangway/db/client';

/** What stands where a name or an address was erased. The id beside it still tells whether two rows mean the same person. */
export const ERASED = 'erased';

export interface Person {
  /** Null: an address without an account. */
  readonly userId: string | null;
  /** Normalised: lower case. */
  readonly email: string;
}

/**
 * Erases what names people whose accounts end outside of their accounts: labels, addresses and names in trails, runs, mails
 * and invitations. Ids stay: without the account they name nobody. An invitation that is still open stays, with its
 * mail: the workspace that sent it wants the person. `docs/privacy.md` has the table of what is kept.
 */
export async function erasePersonData(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  people: readonly Person[],
): Promise<void> {
  if (people.length === 0) return;
  const ids = people.flatMap(({ userId }) => userId ?? []);
  const emails = people.map(({ email }) => email);
  await tx.$executeRaw`
    UPDATE audit_events SET actor_label = ${ERASED} WHERE actor_kind = 'user' AND actor_id = ANY (${ids})`;
  // A password that was set by a mailed link was set by a link with the person's address.
  await tx.$executeRaw`
    UPDATE audit_events SET actor_label = ${ERASED}
     WHERE target_kind = 'user' AND target_id = ANY (${ids}) AND actor_kind = 'system' AND actor_label = ANY (${emails})`;
  await tx.$executeRaw`
    UPDATE audit_events SET data = data - 'email' WHERE data->>'email' = ANY (${emails})`;
  await tx.$executeRaw`
    UPDATE operation_runs SET started_by_label = ${ERASED} WHERE started_by_kind = 'user' AND started_by_id = ANY (${ids})`;
  await tx.$executeRaw`UPDATE operation_runs SET cancelled_by = ${ERASED} WHERE cancelled_by = ANY (${emails})`;
  await tx.$executeRaw`
    UPDATE consent_requests SET created_by_label = ${ERASED} WHERE created_by = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`UPDATE provider_connections SET updated_by = ${ERASED} WHERE updated_by = ANY (${emails})`;
  await tx.$executeRaw`UPDATE provider_credentials SET added_by = ${ERASED} WHERE added_by = ANY (${emails})`;
  await tx.$executeRaw`UPDATE onboarding_sessions SET updated_by = ${ERASED} WHERE updated_by = ANY (${emails})`;
  await tx.$executeRaw`
    DELETE FROM invitations WHERE email = ANY (${emails})
       AND (accepted_at IS NOT NULL OR revoked_at IS NOT NULL OR expires_at <= now())`;
  await tx.$executeRaw`
    DELETE FROM mail_messages m WHERE m.recipient = ANY (${emails})
       AND NOT EXISTS (SELECT FROM invitations i JOIN workspaces w ON w.id = i.workspace_id
                        WHERE i.email = m.recipient AND w.tenant = m.tenant)`;
}
