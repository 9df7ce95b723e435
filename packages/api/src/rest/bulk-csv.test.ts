import { request as httpRequest, type IncomingMessage } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SPREADSHEETS } from './csv/test-spreadsheets.js';
import { openPartnerApi } from './test-open-partner-api.js';
import { DEMO_KEY } from './test-partner-api.js';

const api = await openPartnerApi({ withoutEngine: true });
const path = '/api/provisioning/tenants/bulk';

interface Sent {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
async function send(
  file: string | Buffer,
  type = 'text/csv',
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(`${api.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${DEMO_KEY}`, 'content-type': type, ...headers },
    body: new Uint8Array(Buffer.from(file)),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const itemsOf = ({ body }: Sent) =>
  body['items'] as { status: string; errors: { field: string; message: string }[]; tenant: string }[];

test.each(SPREADSHEETS)('creates the tenants of what %s saves', async (_name, { bytes, charset, rows }) => {
  const answer = await send(bytes, `text/csv; charset=${charset}; header=present`);
  expect([answer.status, answer.body['errors']]).toEqual([202, undefined]);
  const items = itemsOf(answer);
  expect(items).toHaveLength(rows.length);
  for (const [index, { tenant, status }] of items.entries()) {
    // Some of these files name the same addresses.
    if (status === 'refused') continue;
    const stored = await api.call('GET', `/api/provisioning/tenants/${tenant}`);
    const { credential_delivery: _delivery, ...row } = { credential_delivery: null, ...rows[index] };
    expect(stored.body).toMatchObject(row);
  }
});

test('a phone number that a spreadsheet took for a number is refused by name, in its row alone', async () => {
  const phones = ['491711234567.0', '4,9171E+11', '4.91711234567E+11', '491711234567,00'];
  const rows = phones.map((phone, index) => `Phone;phone${index}@csv.example;${phone}\n`);
  const answer = await send(`Name;Email;Phone\n${rows.join('')}Kept;kept@csv.example;+49 171.1234567\n`);
  expect(answer.body).toMatchObject({ accepted: 1, refused: phones.length });
  for (const { errors } of itemsOf(answer).slice(0, -1))
    expect(errors).toEqual([
      {
        field: 'phone_number',
        message: 'Is a number that a spreadsheet has changed: format the column as text',
      },
    ]);
});

test('a column that is missing is said once, whatever the number of rows', async () => {
  const answer = await send(`Customer,Phone\n${'A,+49 30 1\n'.repeat(9_000)}`);
  expect([answer.status, answer.body['errors']]).toEqual([
    400,
    [{ field: 'email', message: 'Is required: the first line has no column for it' }],
  ]);
});

test('the template can be filled in and sent back', async () => {
  const address = `${api.base}${path}/template.csv`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${DEMO_KEY}` } });
  const template = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
  ]);
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=tenants.csv');
  const filled = template.toString().replace('admin@example.com', 'template@csv.example');
  const answer = await send(`${filled}Second,second@csv.example,,,,,,,,\r\n`);
  expect(answer.body).toMatchObject({ accepted: 2, refused: 0 });
});

test('reads the charset that the content type names, and no file without a first line', async () => {
  const latin = Buffer.from('client_name,email\nM\u00fcller,latin@csv.example\n', 'latin1');
  const plain = await send(latin);
  expect([plain.status, plain.body['errors']]).toEqual([
    400,
    [{ field: '', message: 'Must be text in UTF-8: save the file so, and send it again' }],
  ]);
  for (const type of ['text/csv; charset=klingon', 'text/csv; header=absent']) {
    const refused = await send(latin, type);
    expect([refused.status, refused.body['detail']]).toEqual([
      415,
      expect.stringMatching(/^Send application\/json, or text\/csv with a line that names the columns/),
    ]);
  }
  expect((await send(latin, 'text/csv;Charset="ISO-8859-1"')).body).toMatchObject({ accepted: 1 });
});

const ROWS = 'client_name,email\nPacked,packed@csv.example\n';
test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('reads a file packed with %s, and counts what it unpacks to', async (encoding, pack) => {
  const headers = { 'content-encoding': encoding };
  expect((await send(pack(ROWS.replace('packed', encoding)), 'text/csv', headers)).body).toMatchObject({
    accepted: 1,
  });
  for (const broken of [pack(ROWS).subarray(0, -9), Buffer.from(ROWS)]) {
    const answer = await send(broken, 'text/csv', headers);
    expect([answer.status, answer.body['reason_code']]).toEqual([400, 'request.unparsable']);
  }
  // A few kilobytes of blank lines, and what would be rows behind them.
  const large = await send(
    pack(`client_name,email\n${'\n'.repeat(11 * 2 ** 20)}${ROWS}`),
    'text/csv',
    headers,
  );
  expect([large.status, large.body['reason_code']]).toEqual([413, 'request.too_large']);
  const json = await send(pack(`[${' '.repeat(11 * 2 ** 20)}]`), 'application/json', headers);
  expect(json.status).toBe(413);
});

test('refuses an unknown packing, and a length above the limit before anything is read', async () => {
  expect((await send(ROWS, 'text/csv', { 'content-encoding': 'lzma' })).status).toBe(415);
  expect((await send(Buffer.alloc(10 * 2 ** 20 + 1, 'x'))).status).toBe(413);
});

/** Begins to send a file and never ends it; gives the answer that comes all the same. */
function sendWithoutEnd(pieces: readonly string[]): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'text/csv' };
    const sending = httpRequest(
      `${api.base}${path}`,
      { method: 'POST', headers },
      (response: IncomingMessage) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> });
          sending.destroy();
        });
      },
    );
    sending.on('error', reject);
    for (const piece of pieces) sending.write(piece);
  });
}

test('answers as soon as something is too much, while the client still sends', async () => {
  const rows = 'A,a@csv.example\n'.repeat(11_000);
  const tooMany = await sendWithoutEnd(['client_name,email\n', rows]);
  expect([tooMany.status, tooMany.body['errors']]).toEqual([
    400,
    [{ field: '', message: 'Must have 1 to 10000 rows' }],
  ]);
  const unknown = await sendWithoutEnd(['client_name,', 'email,Notes\n', 'A']);
  expect(unknown.body['errors']).toMatchObject([{ field: 'Notes' }]);
});

test('ten megabytes of short lines, and of commas, are refused in one line', async () => {
  for (const [line, message] of [
    ['a\n', 'Must have 1 to 10000 rows'],
    [',\n', 'Has more than 10000 rows without any value: delete them'],
  ] as const) {
    const answer = await send(`client_name,email\n${line.repeat(5_000_000)}`);
    expect([answer.status, answer.body['errors']]).toEqual([400, [{ field: '', message }]]);
  }
});

test('a client that goes away in the middle is no fault of ours', async () => {
  const headers = { authorization: `Bearer ${DEMO_KEY}`, 'content-type': 'text/csv' };
  await new Promise<void>((resolve) => {
    const sending = httpRequest(`${api.base}${path}`, { method: 'POST', headers });
    sending.on('error', () => resolve());
    sending.write('client_name,email\nA,a@', () => setTimeout(() => sending.destroy(new Error('gone')), 50));
  });
  // The connection that is answered next is another one; what went wrong would be told by then.
  expect((await send(ROWS.replace('packed', 'later'))).status).toBe(202);
  expect(api.unexpected).toEqual([]);
});
