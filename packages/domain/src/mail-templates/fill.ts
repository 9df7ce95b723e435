import { toHeaderText } from '../mail/transport.js';
import { VARIABLE } from './template.js';

/**
 * A template with what its variables stand for: one line of text each, as `write` writes it. Each is replaced once, so
 * nothing is read as a template again.
 */
export function fill(
  template: string,
  values: Readonly<Record<string, string>>,
  write: (value: string) => string = (value) => value,
): string {
  return template.replace(VARIABLE, (_whole, written: string) => {
    const name = written.trim();
    return write(toHeaderText(Object.hasOwn(values, name) ? (values[name] ?? '') : ''));
  });
}

/** What a mail's subject says. */
export const fillSubject = (subject: string, values: Readonly<Record<string, string>>): string =>
  toHeaderText(fill(subject, values));
