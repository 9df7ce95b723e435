import type { X509Certificate } from 'node:crypto';
import type { Directory } from '../directories.js';

export type Row = Readonly<Record<string, unknown>>;

/** What a route answers with. Rows of a collection are made when they are asked for. */
export type Resource =
  | { readonly kind: 'one'; readonly row: Row }
  | {
      readonly kind: 'many';
      readonly count: number;
      readonly rowAt: (index: number) => Row;
      readonly hasBlankPage: boolean;
    };

export interface DataContext {
  readonly directory: Directory;
  readonly now: Date;
  readonly certificates: readonly X509Certificate[];
}

/** Null: there is nothing under this key. */
export type Read = (ctx: DataContext, key: string) => Resource | null;

export function one(row: object): Resource {
  return { kind: 'one', row: row as Row };
}

export function many(rows: readonly object[]): Resource {
  return { kind: 'many', count: rows.length, rowAt: (index) => rows[index] as Row, hasBlankPage: false };
}
