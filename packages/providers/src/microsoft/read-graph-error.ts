import { identifier } from './evidence.js';

/** An error of Graph, taken apart. The text is for matching only and goes nowhere. */
export interface GraphFault {
  /** From the innermost, most specific one outwards. */
  readonly codes: readonly string[];
  readonly text: string;
}

const DEEPEST = 10;
const LONGEST = 4_000;

/**
 * Walks an error to its innermost code. The inner error is spelt `innererror` and `innerError`; `details` may hold more;
 * Intune puts a whole error, as JSON text, into the message of another one.
 */
export function readGraphError(body: unknown): GraphFault {
  const codes: string[] = [];
  const texts: string[] = [];
  const walk = (error: unknown, depth: number): void => {
    if (depth > DEEPEST || typeof error !== 'object' || error === null) return;
    const code = identifier(member(error, 'code')) ?? identifier(member(error, 'ErrorCode'));
    if (code !== null) codes.unshift(code);
    const text = member(error, 'message') ?? member(error, 'Message');
    if (typeof text === 'string') {
      texts.push(text.slice(0, LONGEST));
      walk(parsed(text), depth + 1);
    }
    const phrase = identifier(member(error, 'CustomApiErrorPhrase'));
    if (phrase !== null) codes.unshift(phrase);
    for (const detail of listed(member(error, 'details'))) walk(detail, depth + 1);
    walk(member(error, 'innererror') ?? member(error, 'innerError'), depth + 1);
  };
  walk(member(body, 'error') ?? body, 0);
  return { codes, text: texts.join('\n') };
}

/** An error that was written into a message; its own message may be cut, and then it is none. */
function parsed(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    const inner: unknown = JSON.parse(text);
    return inner;
  } catch {
    return null;
  }
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, DEEPEST) : []);

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
