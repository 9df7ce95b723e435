/**
 * CSV as it is met: RFC 4180, any line end, blanks around values and quotes, quotes inside a value that is not quoted, and
 * rows of any length. Text behind a closing quote is an error. A row is rejected while it is read once it is longer than
 * fifty cells of 4,000 characters can be.
 */
export const SYNTAX = {
  record_delimiter: ['\r\n', '\n', '\r'],
  trim: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  // Bytes of UTF-8, of which a character has up to three, and one of two surrogates two.
  max_record_size: 50 * 4_000 * 3,
};
