const LONGEST = 200;
/** Shorter values are found in innocent words. */
const SHORTEST_VALUE = 3;

/**
 * The words of a mail server or service, fit to be kept and shown: one line of at most 200 characters without addresses,
 * whatever stands in <>, links' parameters, long codes, and the `hidden` values (the user, the password, the mail's own).
 */
export function sanitizeWords(words: string, hidden: readonly string[]): string {
  const values = hidden
    .flatMap((value) => [value, Buffer.from(value).toString('base64')])
    .filter((value) => value.length >= SHORTEST_VALUE)
    .toSorted((a, b) => b.length - a.length);
  const line = words.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  const known = values.reduce((text, value) => text.replaceAll(new RegExp(escape(value), 'gi'), '…'), line);
  return known
    .replace(/<[^>]*>?/g, '…')
    .replace(/[^\s"'(),:;=]+@[^\s"'(),:;]+/g, '…')
    .replace(/(https?:\/\/[^\s?#]+)[?#]\S*/g, '$1')
    .replace(/(?<![\w./:-])[\w+/=-]{20,}/g, '…')
    .replace(/\s{2,}/g, ' ')
    .trim()
    .slice(0, LONGEST);
}

function escape(value: string): string {
  return value.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
