import iconv from 'iconv-lite';
import { invalidField } from '@gangway/domain/errors';

/** A charset that is not known here. */
export class UnknownCharsetError extends Error {
  override readonly name = 'UnknownCharsetError';
}

interface Decoder {
  readonly write: (bytes: Buffer) => string;
  /** What was left over. */
  readonly end: () => string | undefined;
}

/** A byte order mark takes precedence over the charset of the content type. */
const MARKS: readonly (readonly [charset: string, mark: Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];
const LONGEST_MARK = 3;

/**
 * The text of a file, piece by piece: in the charset of its byte order mark if it has one, otherwise in `charset`.
 * Sequences that are cut at the border of two pieces are put together.
 * @throws UnknownCharsetError before the first piece is read; AppError invalid for bytes that are not in the charset
 */
export async function* decodeText(bytes: AsyncIterable<Buffer>, charset: string): AsyncGenerator<string> {
  let decoder = decoderOf(charset);
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (head === null) {
      yield decoder.write(piece);
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < LONGEST_MARK) continue;
    decoder = decoderOf(charsetOfMark(head) ?? charset);
    yield decoder.write(head);
    head = null;
  }
  if (head !== null) yield (decoder = decoderOf(charsetOfMark(head) ?? charset)).write(head);
  yield decoder.end() ?? '';
}

const charsetOfMark = (head: Buffer): string | undefined =>
  MARKS.find(([, mark]) => head.subarray(0, mark.length).equals(mark))?.[0];

function decoderOf(label: string): Decoder {
  const charset = canonicalName(label);
  // Node 20 decodes windows-1252 wrongly where it takes its shortcut for Latin-1: single-byte charsets are iconv-lite's.
  if (!charset.startsWith('utf-') && iconv.encodingExists(charset)) return iconv.getDecoder(charset);
  const decoder = new TextDecoder(charset, { fatal: true });
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw invalidField('', `Must be text in ${label.toUpperCase()}: save the file so, and send it again`);
    }
  };
  return { write: decode, end: decode };
}

/** The name of a charset by the WHATWG's table of labels, or that of a code page which the table lacks. */
function canonicalName(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    if (/^(?:cp|ibm)-?\d{3,5}$/i.test(label) && iconv.encodingExists(label)) return label;
    throw new UnknownCharsetError();
  }
}
