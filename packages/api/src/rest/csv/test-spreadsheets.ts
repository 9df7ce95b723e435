/** Files as spreadsheets save them, byte for byte: line ends, quotes, separators, marks and charsets are theirs. */

interface Saved {
  readonly bytes: Buffer;
  readonly charset: string;
  readonly rows: readonly object[];
}

const ROWS = [
  {
    client_name: 'Müller & Söhne',
    email: 'info@mueller.example',
    phone_number: '+49 30 1234567',
    industry: 'Handel; Versand',
  },
  { client_name: 'Zürich "Nord" AG', email: 'nord@zuerich.example', credential_delivery: 'setup_link' },
];

const lines = (separator: string, end: string, ...rows: readonly string[][]): string =>
  rows.map((cells) => cells.join(separator) + end).join('');
const HEADER = ['Client Name', 'E-Mail', 'Phone Number', 'Industry', 'Credential Delivery'];
const excel = (separator: string) =>
  lines(
    separator,
    '\r\n',
    HEADER,
    ['Müller & Söhne', 'info@mueller.example', '+49 30 1234567', '"Handel; Versand"', ''],
    ['"Zürich ""Nord"" AG"', 'nord@zuerich.example', '', '', 'setup_link'],
    // Rows that were cleared are saved all the same.
    ['', '', '', '', ''],
    ['', '', '', '', ''],
  );
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

export const SPREADSHEETS: readonly (readonly [string, Saved])[] = [
  // The euro sign is where windows-1252 and Latin-1 differ.
  [
    'Excel in German as CSV (windows-1252, semicolons)',
    {
      bytes: Buffer.from(excel(';').replace('Söhne', 'S\u00f6hne \u0080'), 'latin1'),
      charset: 'windows-1252',
      rows: [{ ...ROWS[0], client_name: 'Müller & Söhne €' }, ROWS[1] ?? {}],
    },
  ],
  [
    'Excel in German as CSV UTF-8 (mark, semicolons)',
    { bytes: Buffer.from(`\ufeff${excel(';')}`), charset: 'utf-8', rows: ROWS },
  ],
  [
    'Excel as Unicode text (UTF-16LE, tabs)',
    { bytes: Buffer.from(`\ufeff${excel('\t')}`, 'utf16le'), charset: 'utf-8', rows: ROWS },
  ],
  [
    'a program in UTF-16BE, whatever its content type says',
    { bytes: utf16be(`\ufeff${excel(',')}`), charset: 'windows-1252', rows: ROWS },
  ],
  [
    'Excel for Mac as CSV (Mac OS Roman, carriage returns)',
    {
      bytes: Buffer.from('Name;Mail\rZ\x9frich;z@zuerich.example\r', 'latin1'),
      charset: 'macintosh',
      rows: [{ client_name: 'Zürich', email: 'z@zuerich.example' }],
    },
  ],
  [
    'Excel for MS-DOS as CSV (code page 850)',
    {
      bytes: Buffer.from('Name;Mail\r\nZ\x81rich;z@zuerich.example\r\n', 'latin1'),
      charset: 'ibm850',
      rows: [{ client_name: 'Zürich', email: 'z@zuerich.example' }],
    },
  ],
  [
    'Numbers (UTF-8, no line end at the end)',
    {
      bytes: Buffer.from(
        lines(
          ',',
          '\r\n',
          HEADER,
          ['Müller & Söhne', 'info@mueller.example', '+49 30 1234567', 'Handel; Versand', ''],
          ['"Zürich ""Nord"" AG"', 'nord@zuerich.example', '', '', ' setup_link'],
        ).trimEnd(),
      ),
      charset: 'utf-8',
      rows: ROWS,
    },
  ],
  [
    'LibreOffice (UTF-8, every text in quotes)',
    {
      bytes: Buffer.from(
        lines(
          ';',
          '\n',
          HEADER.map((name) => `"${name}"`),
          ['"Müller & Söhne"', '"info@mueller.example"', '"+49 30 1234567"', '"Handel; Versand"', ''],
          ['"Zürich ""Nord"" AG"', '"nord@zuerich.example"', '', '', '"setup_link"'],
        ),
      ),
      charset: 'utf-8',
      rows: ROWS,
    },
  ],
  [
    'pandas (an index without a name)',
    {
      bytes: Buffer.from(
        ',client_name,email\n0,Müller & Söhne,info@mueller.example\n1,Zürich,nord@zuerich.example\n',
      ),
      charset: 'utf-8',
      rows: [
        { client_name: 'Müller & Söhne', email: 'info@mueller.example' },
        { client_name: 'Zürich', email: 'nord@zuerich.example' },
      ],
    },
  ],
];

/** A file in pieces of so many bytes. */
export async function* piecesOf(file: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += size) {
    yield file.subarray(at, at + size);
    await Promise.resolve();
  }
}
