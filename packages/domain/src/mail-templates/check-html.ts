import { variablesOf, type MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import { namesIn, VARIABLE } from './template.js';

const TAGS = new Set(
  'a b blockquote br code div em h1 h2 h3 hr i img li ol p pre small span strong table tbody td th thead tr u ul'.split(
    ' ',
  ),
);
const VOID = new Set(['br', 'hr', 'img']);
const PLAIN = new Set(
  'align alt bgcolor border cellpadding cellspacing colspan dir height lang role rowspan title valign width'.split(
    ' ',
  ),
);
const PROPERTY =
  /^(background(-color)?|border(-(top|bottom|left|right|radius|collapse|spacing|color|width|style))?|color|display|font(-(family|size|style|weight))?|height|letter-spacing|line-height|margin(-\w+)?|max-width|min-width|padding(-\w+)?|text-(align|decoration|transform)|vertical-align|white-space|width)$/;
const STYLE_VALUE = /^[\w#%.,\s'!-]+$/;

// A piece of text or one tag, its attributes in double quotes. What is neither is refused, so that nothing is left to
// how a mail client would read it.
const PIECE = /[^<>]+|<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*="[^"<>]*")*)\s*(\/?)>/gy;
const ATTRIBUTE = /([a-z][a-z-]*)="([^"]*)"/g;
const MAX_PROBLEMS = 5;

/**
 * What is wrong with the HTML of a template, in sentences; nothing: it is fine. Only what is listed above may stand in it,
 * balanced and quoted; variables stand in text, or one that is a link is the whole of an `href`. So whatever a variable
 * stands for, escaping it keeps it text.
 */
export function checkHtml(key: MailTemplateKey, html: string): string[] {
  const problems = new Set<string>();
  const open: string[] = [];
  let at = 0;
  for (const piece of html.matchAll(PIECE)) {
    at = piece.index + piece[0].length;
    const [, slash, tag, attributes = '', selfClosed] = piece;
    if (tag === undefined) continue;
    if (!TAGS.has(tag)) problems.add(`Must not use <${tag.slice(0, 20)}>`);
    else if (slash) {
      if (attributes !== '' || selfClosed || open.pop() !== tag)
        problems.add(`Has a </${tag}> that closes nothing`);
    } else {
      for (const [, name = '', value = ''] of attributes.matchAll(ATTRIBUTE)) {
        const problem = checkAttribute(key, tag, name, value);
        if (problem) problems.add(problem);
      }
      if (!VOID.has(tag)) open.push(tag);
    }
  }
  if (at < html.length)
    problems.add(
      `Cannot be read from line ${html.slice(0, at).split('\n').length} on: write &lt; and &gt; for < and >, lower-case tags, attributes in double quotes`,
    );
  else if (open.length > 0) problems.add(`Has a <${open.at(-1)}> that is not closed`);
  return [...problems].slice(0, MAX_PROBLEMS);
}

function checkAttribute(key: MailTemplateKey, tag: string, name: string, value: string): string | null {
  if (tag === 'a' && name === 'href') {
    const [variable] = namesIn(value);
    const isLink = variable !== undefined && variablesOf(key)[variable]?.isLink === true;
    if (isLink && value.replace(VARIABLE, '') === '' && namesIn(value).length === 1) return null;
    if (variable === undefined && /^(https:\/\/|mailto:)[^\s]+$/.test(value)) return null;
    return 'Must have links over https, to an address, or one {{variable}} that is a link';
  }
  if (namesIn(value).length > 0) return `Must not use variables in ${name}`;
  if (tag === 'img' && name === 'src')
    return /^https:\/\/[^\s]+$/.test(value) ? null : 'Must have pictures over https';
  if (name === 'style') {
    return value.split(';').every(isPlainDeclaration) ? null : 'Has a style that mails cannot have';
  }
  return PLAIN.has(name) ? null : `Must not use the attribute ${name.slice(0, 20)} on <${tag}>`;
}

function isPlainDeclaration(declaration: string): boolean {
  if (declaration.trim() === '') return true;
  const [property = '', value = '', ...more] = declaration.split(':').map((part) => part.trim());
  return more.length === 0 && PROPERTY.test(property) && STYLE_VALUE.test(value);
}
