import type { Database } from '@gangway/db/client';

/** Who watches, where: a member by one of their browser sessions, or a partner by one of its credentials. */
export type Watching = MemberWatching | PartnerWatching;

export interface MemberWatching {
  readonly workspaceId: string;
  readonly userId: string;
  readonly browserSessionId: string;
}

export interface PartnerWatching {
  readonly partnerId: string;
  readonly credential: { readonly kind: 'partner' | 'apiKey'; readonly id: string };
  /** When the token ends that the stream began with, in milliseconds since 1970; null for an API key. */
  readonly tokenEndsAt: number | null;
}

/** Which of the watchers may still look, asked in one statement for all members and one for all partners. */
export async function findAllowedWatchers<W extends { readonly who: Watching }>(
  db: Pick<Database, 'prisma'>,
  watchers: readonly W[],
): Promise<Set<W>> {
  const asked = watchers.map(({ who }, index) => ({ index, ...who }));
  const members = asked.filter((who) => 'userId' in who);
  const partners = asked.filter((who) => 'partnerId' in who);
  const rows = [
    ...(members.length > 0 ? await findMembers(db, members) : []),
    ...(partners.length > 0 ? await findPartners(db, partners) : []),
  ];
  const allowed = new Set(rows.map((row) => row.index));
  return new Set(watchers.filter((_, index) => allowed.has(index)));
}

type Found = { readonly index: number }[];

const findMembers = (db: Pick<Database, 'prisma'>, asked: readonly unknown[]) => db.prisma.$queryRaw<Found>`
    SELECT (w->>'index')::int AS index
      FROM jsonb_array_elements(${JSON.stringify(asked)}::jsonb) w
      JOIN memberships m ON m.workspace_id = (w->>'workspaceId')::uuid AND m.user_id = (w->>'userId')::uuid
      JOIN users u ON u.user_id = m.user_id AND u.disabled_at IS NULL
      JOIN browser_sessions s ON s.id = (w->>'browserSessionId')::uuid AND s.revoked_at IS NULL AND s.expires_at > now()`;

// A credential of a trusted issuer has no row of its own: its token was good when the stream began, and the partner
// has to be there still. No stream outlives its token; whoever comes back with another misses nothing.
const findPartners = (db: Pick<Database, 'prisma'>, asked: readonly unknown[]) => db.prisma.$queryRaw<Found>`
    SELECT (w->>'index')::int AS index
      FROM jsonb_array_elements(${JSON.stringify(asked)}::jsonb) w
      JOIN partners p ON p.id = (w->>'partnerId')::uuid
      LEFT JOIN api_keys k ON w->'credential'->>'kind' = 'apiKey' AND k.id::text = w->'credential'->>'id'
      LEFT JOIN partner_clients c ON w->'credential'->>'kind' = 'partner' AND c.client_id = w->'credential'->>'id'
     WHERE coalesce((w->>'tokenEndsAt')::float8 > extract(epoch FROM now()) * 1000, true)
       AND CASE WHEN w->'credential'->>'kind' = 'apiKey'
                THEN k.id IS NOT NULL AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
                ELSE c.revoked_at IS NULL END`;
