import { readFile } from 'node:fs/promises';
import { BULK_COLUMNS, BULK_TEMPLATE } from '@gangway/contract/provisioning/bulk-columns';
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.js';
import { piecesOf, SPREADSHEETS } from './test-spreadsheets.js';

const read = (file: string | Buffer, { charset = 'utf-8', size = Infinity, rows = 10_000 } = {}) =>
  readCsv(piecesOf(Buffer.from(file), size), { charset, columns: BULK_COLUMNS, rows });
const refused = (fieldErrors: unknown) => expect.objectContaining({ detail: { fieldErrors } }) as Error;

const ONE = { client_name: 'A', email: 'a@x.example' };

test.each([
  ['client_name,email\nA,a@x.example\n', [ONE]],
  ['\ufeffclient_name,email\r\nA,a@x.example', [ONE]],
  ['client_name,email\rA,a@x.example\r', [ONE]],
  ['client_name,email\n\nA,a@x.example\r\n\r\n', [ONE]],
  ['\n ,;\t\r\nclient_name,email\nA,a@x.example', [ONE]],
  ['client_name,email,industry\nA,a@x.example,', [ONE]],
  ['client_name,email,industry\nA,a@x.example', [ONE]],
  ['client_name,email,\nA,a@x.example,', [ONE]],
  ['client_name,email\n , \t\n,\n"",""\n" ",\nA,a@x.example', [ONE]],
  ['client_name,email\nA,a@x.example,more', [{ ...ONE, 'column 3': 'more' }]],
  ['client_name,email,\nA,a@x.example,more', [{ ...ONE, 'column 3': 'more' }]],
  ['client_name,email\n  A\u00a0, "a@x.example" \n', [ONE]],
  ['email , client_name\na@x.example,"A, ""B""\nC"', [{ ...ONE, client_name: 'A, "B"\nC' }]],
  ['client_name,email\n5" pipe,a@x.example', [{ ...ONE, client_name: '5" pipe' }]],
  ['client_name,email\n"""A"" B",a@x.example', [{ ...ONE, client_name: '"A" B' }]],
  ['client_name;email\n"A; B";a@x.example', [{ ...ONE, client_name: 'A; B' }]],
  ['"client_name";"email"\nA, B;a@x.example', [{ ...ONE, client_name: 'A, B' }]],
  ['client_name\temail\nA\ta@x.example', [ONE]],
  ['client_name\tindustry\temail\nA\t\ta@x.example', [ONE]],
  ['sep=,\nclient_name,email\nA,a@x.example', [ONE]],
  ['"sep=;"\r\nclient_name;email\r\nA;a@x.example', [ONE]],
  ['sep=\t\nclient_name\temail\nA\ta@x.example', [ONE]],
  ['Client Name,E-mail\nA,a@x.example', [ONE]],
  ['CLIENT-NAME;Email Address\nA;a@x.example', [ONE]],
  ['"Customer ""name""",mail\nA,a@x.example', null],
  [',client_name,email\n0,A,a@x.example\n1,,', [ONE]],
  ['Unnamed: 0,client_name,email\n0,A,a@x.example', [ONE]],
  ['#;client_name;email\n1;A;a@x.example', [ONE]],
  [
    'name,mail,First Name,surname\nA,a@x.example,Ann,Lee',
    [{ ...ONE, admin_user: { first_name: 'Ann', last_name: 'Lee' } }],
  ],
  ['name,mail,admin_user.first_name,admin_user.last_name\nA,a@x.example,,', [ONE]],
  ['email,client_name\na@x.example,__proto__', [{ ...ONE, client_name: '__proto__' }]],
])('reads %j, in pieces of any size', async (text, rows) => {
  for (const size of [1, 2, 3, 7, 64_000]) {
    const reading = read(text, { size });
    if (rows === null) await expect(reading).rejects.toThrow();
    else expect(await reading).toEqual(rows);
  }
});

test.each(SPREADSHEETS)('reads what %s saves, in pieces of any size', async (_name, file) => {
  const { bytes, charset, rows } = file;
  for (const size of [1, 2, 3, 5, 64_000]) expect(await read(bytes, { charset, size })).toEqual(rows);
});

test('reads its own template', async () => {
  const [row, ...others] = await read(BULK_TEMPLATE);
  expect([Object.keys(row ?? {}), others]).toEqual([
    [...new Set(BULK_COLUMNS.map(({ path }) => path[0]))],
    [],
  ]);
});

test('the documentation lists every name of a column', async () => {
  const page = await readFile(new URL('../../../../../docs/provisioning.md', import.meta.url), 'utf8');
  for (const { name, synonyms } of BULK_COLUMNS) {
    const line = page.split('\n').find((one) => one.startsWith(`| \`${name}\``));
    for (const synonym of synonyms) expect(line).toMatch(new RegExp(`[|,] *${synonym}\\b`));
  }
});

test('no name of a column is that of two', () => {
  const names = BULK_COLUMNS.flatMap(({ name, synonyms }) => [
    ...new Set([name, ...synonyms].map((one) => one.toLowerCase().replace(/[\s_-]/g, ''))),
  ]);
  expect(names).toHaveLength(new Set(names).size);
});

const THERE_ARE = expect.stringMatching(/^Is not a known column\. There are client_name, email, /) as unknown;
test.each([
  ['"open', '', 'The first line has a quote that is never closed'],
  ['client_name,email\n"open', '', 'Row 1 has a quote that is never closed'],
  ['client_name,email\nA,a@x.example\n\n"A"B,b@x.example', '', 'Row 2 has text after a closing quote'],
  ['', '', 'Must name the fields in its first line'],
  ['\n,,\n', '', 'Must name the fields in its first line'],
  ['A,a@x.example\nB,b@x.example', '', /^Must name the fields in its first line\. There are client_name/],
  ['client_name|email\nA|a@x.example', '', /^Must name the fields in its first line/],
  [
    'client_name,email,E Mail\nA,a@x.example,',
    'E Mail',
    'Names the same field as the column before it: email',
  ],
  ['client_name,industry\nA,IT\nB,IT', 'email', 'Is required: the first line has no column for it'],
  ['client_name,email,first name\nA,a@x.example,Ann', 'admin_user.last_name', /^Is required/],
])('refuses %j as a whole, and says why once', async (text, field, message) => {
  const told = typeof message === 'string' ? message : expect.stringMatching(message);
  await expect(read(text)).rejects.toThrow(refused([{ field, message: told }]));
});

test('names all columns that nobody knows, twenty at most', async () => {
  const file = 'client_name,email,Notes,__proto__\nA,a@x.example,B,C\nD,d@x.example,E,F';
  const unknown = ['Notes', '__proto__'].map((field) => ({ field, message: THERE_ARE }));
  await expect(read(file)).rejects.toThrow(refused(unknown));
  const many = Array.from({ length: 45 }, (_, index) => `c${index}`).join(',');
  const error: unknown = await read(`client_name,email,${many}\n`).catch((one: unknown) => one);
  expect(error).toMatchObject({ detail: { fieldErrors: { length: 20 } } });
});

/** A file that goes on and on. Who reads it to its end never ends. */
async function* endless(head: string, piece: string): AsyncGenerator<Buffer> {
  yield Buffer.from(head);
  for (;;) yield Buffer.from(piece.repeat(1_000));
}
const HEAD = 'client_name,email\n';
test.each([
  ['rows', HEAD, 'A,a@x.example\n', 'Must have 1 to 100 rows'],
  ['short rows', HEAD, 'a\n', 'Must have 1 to 100 rows'],
  ['rows of commas', HEAD, ',\n', 'Has more than 100 rows without any value: delete them'],
  ['a row of commas', HEAD, ',', 'Must have at most 5000 cells'],
  ['a cell', HEAD, 'x', /^Row 1 is too long/],
  ['a cell in quotes', `${HEAD}A,a@x.example\n"`, 'x\n', /^Row 2 is too long/],
  ['a cell of quotes', `${HEAD}"`, '""', /^Row 1 is too long/],
  ['names', '', 'client_name,', 'Must name at most 50 fields in its first line'],
  ['names in quotes', '"', 'x\n', 'Must name at most 50 fields in its first line'],
])('stops reading %s without an end', async (_what, head, piece, message) => {
  const format = { charset: 'utf-8', columns: BULK_COLUMNS, rows: 100 };
  const told = typeof message === 'string' ? message : expect.stringMatching(message);
  await expect(readCsv(endless(head, piece), format)).rejects.toThrow(
    refused([{ field: '', message: told }]),
  );
});

test('a cell holds 4,000 characters and no more, a row 50 cells, a file its rows', async () => {
  const cell = 'ä'.repeat(4_000);
  expect(await read(`${HEAD}"${cell}",a@x.example`)).toEqual([{ ...ONE, client_name: cell }]);
  const message = 'Must have at most 4000 characters: row 2 has 4001';
  const tooLong = read(`${HEAD}A,a@x.example\nx${cell},b@x.example`);
  await expect(tooLong).rejects.toThrow(refused([{ field: 'client_name', message }]));
  const wide = (cells: number) => read(`${HEAD}A,a@x.example${','.repeat(cells - 2)}`);
  expect(await wide(50)).toEqual([ONE]);
  await expect(wide(51)).rejects.toThrow(
    refused([{ field: '', message: 'Row 1 must have at most 50 columns' }]),
  );
  const rows = `${HEAD}${'A,a@x.example\n,\n'.repeat(5)}`;
  expect(await read(rows, { rows: 5 })).toHaveLength(5);
  await expect(read(rows, { rows: 4 })).rejects.toThrow();
});

test('bytes that are not in the charset are refused, wherever pieces end', async () => {
  const latin = Buffer.from(`${HEAD}M\u00fcller,a@x.example\n`, 'latin1');
  const message = 'Must be text in UTF-8: save the file so, and send it again';
  for (const size of [1, 20, 64_000])
    await expect(read(latin, { size })).rejects.toThrow(refused([{ field: '', message }]));
  await expect(read(Buffer.from(`${HEAD}A,a@x.example\u00fc`).subarray(0, -1))).rejects.toThrow(
    refused([{ field: '', message }]),
  );
  await expect(read(latin, { charset: 'klingon' })).rejects.toMatchObject({ name: 'UnknownCharsetError' });
});
