/** Longer than any line of names that makes sense. */
const MAX_LENGTH = 20_000;

export interface FirstLine {
  /** Null: longer than a line of names can be. */
  readonly line: string | null;
  /** The text after it, as far as it was read. */
  readonly rest: string;
}

/**
 * The line of a CSV text that names its columns: the first that is not blank and not Excel's `sep=`. Reads no more chunks
 * than necessary.
 */
export async function takeFirstLine(text: AsyncIterator<string>): Promise<FirstLine> {
  let buffer = '';
  let at = 0;
  let isQuoted = false;
  for (let piece = await text.next(); ; piece = await text.next()) {
    if (!piece.done) buffer += piece.value;
    for (; at < buffer.length; at += 1) {
      const character = buffer[at];
      if (character === '"') isQuoted = !isQuoted;
      if (isQuoted || (character !== '\n' && character !== '\r')) continue;
      const line = buffer.slice(0, at);
      if (isHeader(line)) return { line: line.length > MAX_LENGTH ? null : line, rest: buffer.slice(at + 1) };
      buffer = buffer.slice(at + 1);
      at = -1;
    }
    if (piece.done) return { line: isHeader(buffer) ? buffer : '', rest: '' };
    if (buffer.length > MAX_LENGTH) return { line: null, rest: '' };
  }
}

/** Whether a line names anything. */
const isHeader = (line: string): boolean => /[^\s",;]/.test(line) && !/^\s*"?sep=.?"?[\s",;]*$/i.test(line);
