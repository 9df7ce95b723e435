import { AppError, invalidField } from '@gangway/domain/errors';

/** Limits of a JSON body beside its size in bytes. */
export interface JsonLimits {
  /** Levels of nested objects and arrays. */
  readonly depth: number;
  /** Values of any kind, unknown keys included. */
  readonly values: number;
}

/** Enough for a batch of ten calls, or for a list of a thousand objects. */
const CALL: JsonLimits = { depth: 64, values: 10_000 };
/** Twice ten thousand tenants with all fields. The depth is checked row by row, so that one row does not reject the others. */
const BULK: JsonLimits = { depth: Infinity, values: 300_000 };

/** The limits of a tRPC path or a REST address. */
export const jsonLimitsOf = (path: string): JsonLimits =>
  /(?:^|\/)(?:provisioning\.tenants\.bulk|tenants\/bulk)$/.test(path) ? BULK : CALL;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Rejects JSON with too many values or levels before it is parsed, because parsing and validating cost many times what
 * sending does. Does not check the syntax. `bytes` are UTF-8.
 * @throws AppError invalid
 */
export function checkJsonLimits(bytes: Uint8Array, limits: JsonLimits): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < bytes.length; at += 1) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at);
        break;
      case COMMA:
        values += 1;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        depth += 1;
        values += 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        depth -= 1;
        break;
      default:
    }
    if (values > limits.values) throw invalidField('', `Must have at most ${limits.values} values`);
    if (depth > limits.depth) throw new AppError('invalid', 'request.unparsable');
  }
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
