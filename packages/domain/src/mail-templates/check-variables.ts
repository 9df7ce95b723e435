import { variablesOf, type MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { namesIn, VARIABLE } from './template.js';

const MAX_NAME = 60;

/** What is wrong with the variables of one part of a template, in sentences; nothing: they are fine. */
export function checkVariables(
  key: MailTemplateKey,
  part: 'subject' | 'text' | 'html',
  text: string,
): string[] {
  const known = variablesOf(key);
  const names = new Set(namesIn(text));
  const unknown = [...names].filter((name) => !Object.hasOwn(known, name));
  const problems = unknown.map(
    (name) => `Unknown variable {{${name.slice(0, MAX_NAME)}}}; there are ${Object.keys(known).join(', ')}`,
  );
  if (/\{\{|\}\}/.test(text.replace(VARIABLE, '')) || /\{{3}|\}{3}/.test(text))
    problems.push('Has {{ or }} that do not belong together');
  for (const [name, { isRequired, isSecret }] of Object.entries(known)) {
    if (part === 'subject' && isSecret && names.has(name)) problems.push(`Must not carry {{${name}}}`);
    if (part !== 'subject' && isRequired && !names.has(name)) problems.push(`Must carry {{${name}}}`);
  }
  return problems;
}
