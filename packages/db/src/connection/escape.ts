import pg from 'pg';

/** Quotes a name, or a text, for a statement that takes no parameters. */
export const { escapeIdentifier, escapeLiteral } = pg;
