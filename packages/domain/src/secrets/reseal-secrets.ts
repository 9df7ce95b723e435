import type { AppContext } from '../app-context.js';
import { reseal, SealError } from './seal.js';

/** Rows that are read, and written back, at a time. */
const BATCH = 200;

/**
 * What is kept for longer than three days. All else that is sealed is erased by then: mails and temporary passwords after 72
 * hours, kept answers after 24.
 */
const KEPT = [
  {
    kind: 'provider_credential',
    ...{ table: 'provider_credentials', id: 'provider_connection_id', column: 'ciphertext' },
    also: ', key_id = k.id',
  },
  { kind: 'webhook', table: 'webhook_endpoints', id: 'id', column: 'secret_ciphertext', also: '' },
  { kind: 'webhook', table: 'webhook_endpoints', id: 'id', column: 'previous_secret_ciphertext', also: '' },
] as const;

/** Before every id. */
const NIL = '00000000-0000-0000-0000-000000000000';

type Kept = (typeof KEPT)[number];
type Kind = Kept['kind'];

export interface ResealedSecrets {
  /** The key that everything is sealed with now. */
  readonly keyId: string;
  /** How many were sealed with an older one, by kind. */
  readonly resealed: Readonly<Record<Kind, number>>;
  /** What no key of the ring opens, left as it is. */
  readonly unreadable: readonly { readonly kind: Kind; readonly id: string }[];
}

/**
 * Seals what is kept with the first key of the ring, so that the others are needed only until what is erased
 * anyhow is gone. Beside running servers, as long as all of them hold the new key: what they change meanwhile stays as they
 * wrote it. Harmless when it is broken off and called again. For the operator: no door leads here.
 */
export async function resealSecrets(app: Pick<AppContext, 'db' | 'keys'>): Promise<ResealedSecrets> {
  const resealed: Record<Kind, number> = { provider_credential: 0, webhook: 0 };
  const unreadable: { kind: Kind; id: string }[] = [];
  for (const kept of KEPT) {
    for await (const batch of readBatches(app, kept)) {
      const news: Resealed[] = [];
      for (const { id, ciphertext } of batch) {
        try {
          const anew = await reseal(app.keys, ciphertext);
          if (anew !== null) news.push({ id, ciphertext, anew });
        } catch (error) {
          if (!(error instanceof SealError)) throw error;
          unreadable.push({ kind: kept.kind, id });
        }
      }
      if (news.length > 0) resealed[kept.kind] += await writeBack(app, kept, news);
    }
  }
  return { keyId: app.keys[0].id, resealed, unreadable };
}

interface Sealed {
  readonly id: string;
  readonly ciphertext: string;
}

interface Resealed extends Sealed {
  readonly anew: string;
}

async function* readBatches(
  { db }: Pick<AppContext, 'db'>,
  { table, id, column }: Kept,
): AsyncGenerator<Sealed[]> {
  const text = `SELECT ${id} AS id, ${column} AS ciphertext FROM ${table}
                 WHERE ${id} > $1 AND ${column} IS NOT NULL ORDER BY ${id} LIMIT ${BATCH}`;
  let last: Sealed | undefined;
  do {
    const { rows } = await db.pool.query<Sealed>(text, [last?.id ?? NIL]);
    yield rows;
    last = rows.length === BATCH ? rows.at(-1) : undefined;
  } while (last);
}

/** Gives how many there were: what has another secret by now is left alone. */
async function writeBack(
  { db, keys }: Pick<AppContext, 'db' | 'keys'>,
  { table, id, column, also }: Kept,
  news: readonly Resealed[],
): Promise<number> {
  const text = `UPDATE ${table} t SET ${column} = n.anew${also}
                  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, found, anew), (SELECT $4::text AS id) AS k
                 WHERE t.${id} = n.id AND t.${column} = n.found`;
  const columns = [news.map((row) => row.id), news.map((row) => row.ciphertext), news.map((row) => row.anew)];
  const { rowCount } = await db.pool.query(text, [...columns, keys[0].id]);
  return rowCount ?? 0;
}
