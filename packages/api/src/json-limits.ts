import { AppError, invalidField } from '@gangway/domain/errors';

/** How much JSON a request may carry, whatever its bytes. */
export interface JsonLimits {
  /** Objects and lists in each other. */
  readonly depth: number;
  /** Values of any kind, those of keys that nobody knows included. */
  readonly values: number;
}

/** Far more than any call takes but one with many rows: ten calls at once, or a list of a thousand entries. */
const CALL: JsonLimits = { depth: 64, values: 10_000 };
/** Ten thousand tenants with every field they can have, and as much again. A row too deep is refused by itself. */
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
 * Refuses JSON with too many values, or too deep, before it is parsed: parsing, looking at it and refusing it cost many
 * times what sending it does. Says nothing about whether it is JSON at all. `bytes` are UTF-8.
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
