import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { invalidField, type AppError } from '@gangway/domain/errors';
import { CsvError, parse, type Parser } from 'csv-parse';
import { MAX_COLUMNS, type Header } from './read-header.js';
import { SYNTAX } from './syntax.js';

const MAX_CELL = 4_000;

export interface RowLimits {
  /** Rows with a value. As many more may be blank, because spreadsheets save rows that were cleared. */
  readonly rows: number;
}

type Row = Record<string, unknown>;

/**
 * Reads the rows below a header, chunk by chunk, so that the event loop stays free. Stops at the first violation of a
 * limit. @throws AppError invalid
 */
export async function readRows(
  text: AsyncIterable<string>,
  header: Header,
  limits: RowLimits,
): Promise<Row[]> {
  const rows: Row[] = [];
  let blankRows = 0;
  const parser = parse({
    ...SYNTAX,
    delimiter: header.separator,
    on_record(cells: string[]) {
      const row = toRow(cells, header, rows.length + 1);
      if (row) rows.push(row);
      else blankRows += 1;
      if (rows.length > limits.rows) throw tooManyRows(limits.rows);
      if (blankRows > limits.rows)
        throw invalidField('', `Has more than ${limits.rows} rows without any value: delete them`);
      return null;
    },
  });
  try {
    await write(countingCells(text, header.separator, limits.rows * MAX_COLUMNS), parser);
  } catch (error) {
    throw error instanceof CsvError ? toAppError(error, rows.length + 1) : error;
  } finally {
    parser.destroy();
  }
  return rows;
}

export const tooManyRows = (max: number): AppError => invalidField('', `Must have 1 to ${max} rows`);

async function write(text: AsyncIterable<string>, parser: Parser): Promise<void> {
  const end = finished(parser);
  // Thrown by the race below, or at the end.
  end.catch(() => undefined);
  parser.resume();
  // A parser that has failed takes nothing more, and never drains.
  for await (const piece of text) if (!parser.write(piece)) await Promise.race([once(parser, 'drain'), end]);
  parser.end();
  await end;
}

/** Limits the separators: csv-parse would buffer a row of separators alone, however long, as its size limit counts values. */
async function* countingCells(
  text: AsyncIterable<string>,
  separator: string,
  max: number,
): AsyncGenerator<string> {
  let count = 0;
  for await (const piece of text) {
    for (let at = piece.indexOf(separator); at !== -1; at = piece.indexOf(separator, at + 1)) count += 1;
    if (count > max) throw invalidField('', `Must have at most ${max} cells`);
    yield piece;
  }
}

/** A row by the names of its fields, without those that are blank; null if all are. */
function toRow(cells: readonly string[], header: Header, number: number): Row | null {
  if (cells.length > MAX_COLUMNS)
    throw invalidField('', `Row ${number} must have at most ${MAX_COLUMNS} columns`);
  const row: Row = {};
  for (const [index, cell] of cells.entries()) {
    const column = header.cells[index] ?? 'unknown';
    const value = cell.trim();
    if (column === 'ignored' || value === '') continue;
    const [outer = '', inner] = column === 'unknown' ? [`column ${index + 1}`] : column.path;
    if (value.length > MAX_CELL)
      throw invalidField(
        column === 'unknown' ? outer : column.name,
        `Must have at most ${MAX_CELL} characters: row ${number} has ${value.length}`,
      );
    if (inner === undefined) row[outer] = value;
    else row[outer] = { ...Object(row[outer]), [inner]: value };
  }
  return Object.keys(row).length === 0 ? null : row;
}

function toAppError({ code }: CsvError, number: number): AppError {
  const where = `Row ${number}`;
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return invalidField('', `${where} has a quote that is never closed`);
    case 'CSV_MAX_RECORD_SIZE':
      return invalidField('', `${where} is too long, or has a quote that is never closed`);
    default:
      return invalidField('', `${where} has text after a closing quote`);
  }
}
