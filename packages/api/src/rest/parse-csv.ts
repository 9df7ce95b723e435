import { AppError, invalidField } from '@gangway/domain/errors';

/** Many more than a tenant has fields: what names more is something else, and would be multiplied by its rows. */
const MAX_COLUMNS = 50;

/**
 * Rows of a CSV text (RFC 4180) by the names of its first line; empty fields and empty lines are left out, a byte order
 * mark is passed over. Fields of the admin user stand as `admin_user.first_name`. A row with fewer fields than names lacks
 * the last ones; one with more has fields that nobody knows, named by their column. `columns`: the names there can be.
 * Rows are counted from 1, without the first line. @throws AppError invalid
 */
export function parseCsv(text: string, columns: readonly string[]): Record<string, unknown>[] {
  const [head, ...rows] = splitCsv(text.replace(/^\ufeff/, ''));
  const names = head?.map((name) => name.trim());
  if (!names) throw invalidField('', 'Must name the fields in its first line');
  if (names.length > MAX_COLUMNS)
    throw invalidField('', `Must name at most ${MAX_COLUMNS} fields in its first line`);
  const seen = new Set<string>();
  for (const name of names) {
    if (name !== '' && seen.has(name))
      throw invalidField(name.slice(0, 100), 'Stands in the first line twice');
    seen.add(name);
  }
  requireKnown(names, columns);
  return rows.map((row) => {
    const record: Record<string, unknown> = {};
    row.forEach((value, index) => {
      if (value !== '') setField(record, names[index] || `column ${index + 1}`, value);
    });
    return record;
  });
}

/** A first line that nobody knows is one mistake, not one in each row. */
function requireKnown(names: readonly string[], columns: readonly string[]): void {
  const unknown = names.filter((name) => name !== '' && !columns.includes(name));
  if (unknown.length === 0) return;
  const message = unknown.some((name) => name.includes(';'))
    ? 'Is not a known column: columns are separated by commas, not by semicolons'
    : `Is not a known column. There are ${columns.join(', ')}`;
  const fieldErrors = unknown.map((name) => ({ field: name.slice(0, 100), message }));
  throw new AppError('invalid', 'validation.failed', { fieldErrors });
}

function setField(record: Record<string, unknown>, name: string, value: string): void {
  const at = name.indexOf('.');
  const outer = name.slice(0, at);
  // What is text already has no fields of its own: the whole name is then one that nobody knows.
  const inner = Object.hasOwn(record, outer) ? record[outer] : {};
  const isNested = at > 0 && typeof inner === 'object' && inner !== null;
  if (isNested) define(inner, name.slice(at + 1), value);
  define(record, isNested ? outer : name, isNested ? inner : value);
}

/** Also where the name is `__proto__`. */
function define(record: object, name: string, value: unknown): void {
  Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
}

function splitCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? readQuoted(text, at, rows.length) : readPlain(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    } else if (text.startsWith('\r\n', at)) at += 2;
    else at += 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

interface Field {
  readonly value: string;
  /** Where the comma, the line end or the end of the text is. */
  readonly end: number;
}

function readPlain(text: string, start: number): Field {
  const isEnd = /[,\r\n]/g;
  isEnd.lastIndex = start;
  const end = isEnd.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number, row: number): Field {
  const where = row === 0 ? 'The first line' : `Row ${row}`;
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw invalidField('', `${where} has a quote that is never closed`);
    if (text[quote + 1] === '"') {
      from = quote + 2;
      continue;
    }
    const end = quote + 1;
    if (end < text.length && !/[,\r\n]/.test(text[end] ?? ''))
      throw invalidField('', `${where} has text after a closing quote`);
    return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end };
  }
}
