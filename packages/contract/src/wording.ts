/** What is said about a value that a schema refuses, in our words: forms and API answers show it beside the field. */
import type { z } from 'zod';

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'Must be text',
  number: 'Must be a number',
  int: 'Must be a whole number',
  boolean: 'Must be true or false',
  array: 'Must be a list',
  object: 'Must be an object',
  record: 'Must be an object',
};
const FORMS: Readonly<Record<string, string>> = {
  email: 'Must be an e-mail address',
  url: 'Must be a URL',
  datetime: 'Must be an ISO 8601 instant in UTC, such as 2030-01-31T00:00:00Z',
};

type Issue = z.core.$ZodRawIssue;

/** The message of an issue whose schema has none of its own. It never repeats the input. */
export function wordIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Is required' : (EXPECTED[issue.expected] ?? 'Has the wrong type');
    case 'too_big':
      return limited(issue.origin, 'at most', Number(issue.maximum));
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'Must not be empty'
        : limited(issue.origin, 'at least', Number(issue.minimum));
    case 'invalid_format':
      return FORMS[issue.format] ?? 'Has the wrong form';
    case 'invalid_value':
      return issue.values.length <= 20
        ? `Must be one of ${issue.values.map(String).join(', ')}`
        : 'Is unknown';
    case 'invalid_union':
      return 'Has none of the documented forms';
    case 'unrecognized_keys':
      return 'Is not a known field';
    default:
      return 'Is not valid';
  }
}

function limited(origin: string, bound: 'at most' | 'at least', count: number): string {
  if (origin === 'string') return `Must have ${bound} ${count} characters`;
  if (origin === 'array') return `Must have ${bound} ${count} ${count === 1 ? 'entry' : 'entries'}`;
  return `Must be ${bound} ${count}`;
}
