import { decodeText } from './decode-text.js';
import { readHeader, tooManyColumns, type CsvColumn } from './read-header.js';
import { readRows, type RowLimits } from './read-rows.js';
import { takeFirstLine } from './take-first-line.js';
import { invalidField } from '@gangway/domain/errors';

export interface CsvFormat extends RowLimits {
  readonly charset: string;
  readonly columns: readonly CsvColumn[];
}

/**
 * Reads a CSV file as it arrives: the rows by the names of their fields, without blank fields and blank rows, counted
 * from 1 below the line that names the columns. An inner field such as `admin_user.first_name` stands in an object. A row
 * with fewer cells than columns lacks the last ones; what stands beyond the last column is named for its place, `column 4`.
 * The limits apply while the file is read; reading stops at the first violation.
 * @throws UnknownCharsetError, AppError invalid
 */
export async function readCsv(
  bytes: AsyncIterable<Buffer>,
  { charset, columns, rows }: CsvFormat,
): Promise<Record<string, unknown>[]> {
  const text = decodeText(bytes, charset);
  try {
    const { line, rest } = await takeFirstLine(text);
    if (line === null) throw tooManyColumns();
    if (line === '') throw invalidField('', 'Must name the fields in its first line');
    return await readRows(after(rest, text), readHeader(line, columns), { rows });
  } finally {
    // Closes the body, also after an error: without it the request would wait for a reader.
    await text.return(undefined);
  }
}

async function* after(rest: string, text: AsyncIterable<string>): AsyncGenerator<string> {
  yield rest;
  yield* text;
}
