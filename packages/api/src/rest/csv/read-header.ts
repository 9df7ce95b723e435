import { AppError, invalidField } from '@gangway/domain/errors';
import type { FieldError } from '@gangway/contract/errors';
import { parse } from 'csv-parse/sync';
import { SYNTAX } from './syntax.js';

/** Many more than a tenant has fields: what names more is something else, and would be multiplied by its rows. */
export const MAX_COLUMNS = 50;
const MAX_ERRORS = 20;
const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** A column that a file can have. */
export interface CsvColumn {
  readonly name: string;
  /** Where its values belong in the record of a row. */
  readonly path: readonly string[];
  readonly synonyms: readonly string[];
  /** A file without it is rejected; an inner field is required only if the file has another one of the same object. */
  readonly isRequired: boolean;
}

export interface Header {
  readonly separator: Separator;
  /** What each cell of a row is: a column, or nothing to look at, or nothing that is known. */
  readonly cells: readonly (CsvColumn | 'ignored' | 'unknown')[];
}

/** Names of a first column that only counts rows, such as pandas and spreadsheets write. */
const INDEX = /^(?:|#|no\.?|nr\.?|index|row|unnamed:\d+)$/;

/**
 * Reads the line that names the columns, with the separator out of `,` `;` and tab that gives the most known
 * names. A mistake here concerns the whole file and is reported once. @throws AppError invalid
 */
export function readHeader(line: string, columns: readonly CsvColumn[]): Header {
  const known = new Map(
    columns.flatMap((column) => [column.name, ...column.synonyms].map((name) => [normalize(name), column])),
  );
  const readings = SEPARATORS.map((separator) => {
    const names = splitLine(line, separator);
    const count = names.filter((name) => known.has(normalize(name))).length;
    return { separator, names, count };
  });
  const [best] = readings.toSorted((one, other) => other.count - one.count);
  if (!best || readings.every(({ names }) => names.length === 0)) throw unclosed();
  const { separator, names, count } = best;
  if (names.length > MAX_COLUMNS) throw tooManyColumns();
  if (count === 0)
    throw invalidField('', `Must name the fields in its first line. There are ${listOf(columns)}`);
  const cells = names.map((name, index) => {
    const normalized = normalize(name);
    if (index === 0 && INDEX.test(normalized)) return 'ignored';
    return known.get(normalized) ?? 'unknown';
  });
  const fieldErrors = [...findFaults(names, cells, columns), ...findMissing(cells, columns)];
  if (fieldErrors.length > 0)
    throw new AppError('invalid', 'validation.failed', { fieldErrors: fieldErrors.slice(0, MAX_ERRORS) });
  return { separator, cells };
}

export const tooManyColumns = (): AppError =>
  invalidField('', `Must name at most ${MAX_COLUMNS} fields in its first line`);
const unclosed = (): AppError => invalidField('', 'The first line has a quote that is never closed');
const listOf = (columns: readonly CsvColumn[]): string => columns.map(({ name }) => name).join(', ');

/** Names are compared without case, blanks, `-` and `_`. */
const normalize = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

/** The cells of a line; none where it cannot be split by this separator. */
function splitLine(line: string, separator: Separator): string[] {
  try {
    const [cells = []] = parse(line, { ...SYNTAX, delimiter: separator });
    return cells.map((name) => name.trim());
  } catch {
    return [];
  }
}

function findFaults(
  names: readonly string[],
  cells: Header['cells'],
  columns: readonly CsvColumn[],
): FieldError[] {
  return names.flatMap((name, index) => {
    const field = name.slice(0, 100);
    const cell = cells[index];
    if (cell === 'unknown' && name !== '')
      return [{ field, message: `Is not a known column. There are ${listOf(columns)}` }];
    const first = cells.indexOf(cell ?? 'unknown');
    return typeof cell === 'object' && first !== index
      ? [{ field, message: `Names the same field as the column before it: ${names[first] ?? ''}` }]
      : [];
  });
}

function findMissing(cells: Header['cells'], columns: readonly CsvColumn[]): FieldError[] {
  return columns
    .filter((column) => column.isRequired && !cells.includes(column))
    .filter(
      ({ path }) => path.length === 1 || columns.some((one) => isBeside(one, path) && cells.includes(one)),
    )
    .map(({ name }) => ({ field: name, message: 'Is required: the first line has no column for it' }));
}

/** Whether a column is of the same outer field as a path. */
const isBeside = ({ path }: CsvColumn, [outer]: readonly string[]): boolean =>
  path.length > 1 && path[0] === outer;
