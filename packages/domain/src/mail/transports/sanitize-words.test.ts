import { expect, test } from 'vitest';
import { sanitizeWords } from './sanitize-words.js';

test.each([
  ['Relay access denied', 'Relay access denied'],
  [
    '5.7.1 Client host [192.0.2.7] blocked using zen.example',
    '5.7.1 Client host [192.0.2.7] blocked using zen.example',
  ],
  ['5.1.1 <jane@a.example>: Recipient address rejected', '5.1.1 …: Recipient address rejected'],
  ['no mailbox for jane.doe+x@a.example here', 'no mailbox for … here'],
  ['too many to "Jane Doe" <jane', 'too many to "Jane Doe" …'],
  [
    'see https://help.example/mail?p=Bad&u=aGVsbG8gd29ybGQ gsmtp 41be03b00d2f7a4d1c5e9b8f',
    'see https://help.example/mail gsmtp …',
  ],
  ['line one\r\nline two\u0007', 'line one line two'],
  ['password s3cr3t+x or czNjcjN0K3g= is wrong for USER-7', 'password … or … is wrong for …'],
])('%s', (words, kept) => {
  expect(sanitizeWords(words, ['s3cr3t+x', 'user-7', '', 'ab'])).toBe(kept);
});

test('a long answer is cut', () => {
  expect(sanitizeWords('word '.repeat(100), [])).toHaveLength(200);
});
