/**
 * Rows of a CSV text (RFC 4180) by the names of its first line; empty fields are left out, a byte order mark is passed
 * over. Fields of the admin user stand as `admin_user.first_name`. Null where quotes do not match or rows differ in length.
 */
export function parseCsv(text: string): Record<string, unknown>[] | null {
  const lines = splitCsv(text.replace(/^\ufeff/, ''));
  const [names, ...rows] = lines ?? [];
  if (!names || rows.some((row) => row.length !== names.length)) return null;
  return rows.map((row) => {
    const record: Record<string, unknown> = {};
    row.forEach((value, index) => {
      if (value !== '') setField(record, (names[index] ?? '').trim(), value);
    });
    return record;
  });
}

function setField(record: Record<string, unknown>, name: string, value: string): void {
  const [outer = '', inner] = name.split('.', 2);
  const isOwn = Object.hasOwn(record, outer);
  if (inner === undefined)
    Object.defineProperty(record, outer, { value, enumerable: true, configurable: true });
  else if (isOwn) Object.assign(record[outer] as object, { [inner]: value });
  else
    Object.defineProperty(record, outer, { value: { [inner]: value }, enumerable: true, configurable: true });
}

function splitCsv(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const isQuoted = text[at] === '"';
    const field = isQuoted
      ? /^"((?:[^"]|"")*)"/.exec(text.slice(at, at + 10_000))
      : /^[^",\r\n]*/.exec(text.slice(at, at + 10_000));
    if (!field) return null;
    row.push(isQuoted ? (field[1] ?? '').replaceAll('""', '"') : field[0]);
    at += field[0].length;
    const end = /^(,|\r\n|\n|$)/.exec(text.slice(at, at + 2));
    if (!end) return null;
    at += end[0].length;
    if (end[0] === ',') {
      if (at === text.length) row.push('');
      else continue;
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}
