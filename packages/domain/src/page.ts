import { uuid } from '@gangway/contract/text';
import { invalidField, type AppError } from './errors.js';

/** A cursor is the id of the last row of the page before: UUIDv7 ids sort by time. @throws AppError invalid */
export function toCursorId(cursor: string | null | undefined): string | null {
  if (cursor === null || cursor === undefined) return null;
  const parsed = uuid.safeParse(cursor);
  if (!parsed.success) throw invalidCursor();
  return parsed.data;
}

export const invalidCursor = (): AppError => invalidField('cursor', 'Must be a cursor of an earlier page');

/** Cuts the one row that was read too many, and makes it known by the cursor. */
export function toPage<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { items: shown.map(toItem), nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}
