import { expect, test } from 'vitest';
import { domainName, email, instant, instantInput, line, newPassword, term, uuid, version } from './text.js';

test.each(['Contoso GmbH', 'Müller & Söhne', '株式会社', 'שלום', 'Contoso ❤️', "O'Brien <b>{{x}}</b>"])(
  'takes the name %s',
  (name) => expect(line(120).parse(name)).toBe(name.normalize('NFC')),
);

test('composes and trims a name', () => {
  expect(line(120).parse('  Ame\u0301lie\u3000')).toBe('Am\u00e9lie');
  expect(line(5).safeParse('e\u0301'.repeat(5)).success).toBe(true);
});

const INVISIBLE = [
  '\u0000',
  '\n',
  '\u007f',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u200b',
  '\u202e',
  '\u2066',
  '\u2028',
  '\u3164',
  '\ufeff',
  '\ufff9',
  '\ud800',
  '\u{e0041}',
];
test.each(INVISIBLE.map((character) => [character.codePointAt(0)?.toString(16), character]))(
  'refuses U+%s in names and terms',
  (_, character) => {
    expect(line(120).safeParse(`a${character}b`).success).toBe(false);
    expect(term(120).safeParse(`a${character}b`).success).toBe(false);
  },
);

test.each(['', '   ', '\u3000', 'x'.repeat(121), 'x'.repeat(10_000)])('refuses the name %j', (name) => {
  expect(line(120).safeParse(name).success).toBe(false);
});

test.each([
  [email, ' Somebody@Example.COM ', 'somebody@example.com'],
  [email, '\u00a0sales&service@example.com\u200b\r\n', 'sales&service@example.com'],
  [email, "o'neill+{a}@example.xn--p1ai", "o'neill+{a}@example.xn--p1ai"],
  [email, 'info@bäckerei.example', 'info@xn--bckerei-5wa.example'],
  [line(120), '\u200b Fabrikam\u2028', 'Fabrikam'],
  [line(120), 'Fabrikam \u2764\ufe0f', 'Fabrikam \u2764\ufe0f'],
  [domainName, ' Contoso.onMicrosoft.COM ', 'contoso.onmicrosoft.com'],
  [domainName, 'xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
  [uuid, '0198C0DE-0000-7000-8000-00000000000A', '0198c0de-0000-7000-8000-00000000000a'],
  [instant, '2030-01-31T00:00:00Z', '2030-01-31T00:00:00Z'],
  [instantInput, '2030-01-31T00:00:00.5Z', '2030-01-31T00:00:00.500Z'],
  [instantInput, '2030-01-31T02:00:00.1234567+02:00', '2030-01-31T00:00:00.123Z'],
  [instantInput, '2030-01-31t00:00:00z', '2030-01-31T00:00:00.000Z'],
  [version, 2 ** 31 - 1, 2 ** 31 - 1],
])('normalises (%#)', (schema, typed, meant) => expect(schema.parse(typed)).toBe(meant));

test.each([
  [email, 'a@\u212aelvin.example'],
  [email, '"a b"@example.com'],
  [email, 'a..b@example.com'],
  [email, 'a@examp\u200ble.com'],
  [domainName, 'exam\u00adple.com'],
  [domainName, 'example\u2060.com'],
  [email, 'jürgen@example.com'],
  [email, 'a@b@example.com'],
  [email, `${'a'.repeat(65)}@example.com`],
  [email, 'a@example.com\r\nBcc: b@example.com'],
  [domainName, '10.0.0.10'],
  [domainName, '127.0.0.1'],
  [domainName, '[::1]'],
  [domainName, 'localhost'],
  [domainName, 'contoso.example/../x'],
  [domainName, 'contoso.example:443'],
  [domainName, '\u212aelvin.example'],
  [instant, '0000-01-01T00:00:00Z'],
  [instant, '2030-02-30T00:00:00Z'],
  [instant, '2030-01-31T00:00:00+02:00'],
  [instantInput, '0001-01-01T00:00:00+02:00'],
  [instantInput, '9999-12-31T23:59:59-02:00'],
  [instantInput, '2030-02-30T00:00:00+02:00'],
  [instantInput, '2030-01-31'],
  [version, 2 ** 31],
  [version, 1.5],
  [newPassword, '\u00e9'.repeat(37)],
  [newPassword, 'x'.repeat(11)],
])('refuses (%#)', (schema, typed) => expect(schema.safeParse(typed).success).toBe(false));

test('words what it refuses, and repeats nothing of the input', () => {
  const messages = [uuid, email, line(5), version].flatMap((schema) =>
    [undefined, 7, 'canary-canary', {}].flatMap(
      (value) => schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [],
    ),
  );
  expect(new Set(messages)).toEqual(
    new Set([
      'Is required',
      'Must be text',
      'Must be a UUID',
      'Must be an e-mail address',
      'Must have at most 5 characters',
      'Must be a number',
    ]),
  );
});
