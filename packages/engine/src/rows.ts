import { createHash } from 'node:crypto';
import type { Prisma } from '@gangway/db/client';

/**
 * A statement batch: written with a change of its run, in the same statement. Each entry is one INSERT, UPDATE or DELETE that
 * may read `run`, the row of the run as the change leaves it. None sees what the others write, and no two may touch
 * the same row.
 */
export type Rows = readonly Prisma.Sql[];

/** A fragment with its parameters numbered from `from`. */
export function numbered(sql: Prisma.Sql, from: number): string {
  const [first = '', ...rest] = sql.strings;
  return first + rest.map((part, index) => `$${from + index}${part}`).join('');
}

/** One statement made of `ctes`, which define `run` with the first `given` parameters, of `rows`, and of a SELECT. */
export function withRows(
  ctes: string,
  given: number,
  rows: Rows,
  select: string,
): { name: string; text: string; values: unknown[] } {
  let next = given + 1;
  const bodies = rows.map((sql, index) => {
    const body = `, rows_${index} AS (${numbered(sql, next)})`;
    next += sql.values.length;
    return body;
  });
  const text = `WITH ${ctes}${bodies.join('')}${select}`;
  return { name: nameOf(text), text, values: rows.flatMap((sql) => sql.values) };
}

const names = new Map<string, string>();

/** The same for the same text, so that the server keeps one plan of it. There are as many as kinds of changes. */
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 16);
  names.set(text, name);
  return name;
}
