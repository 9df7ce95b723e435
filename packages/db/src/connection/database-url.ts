import pg from 'pg';

/** What a DATABASE_URL says, apart from what the driver understands itself. */
export interface DatabaseUrl {
  /** For the driver: without the parameters that only we read. */
  readonly connectionString: string;
  /** `?schema=`, as Prisma's users write it; null: whatever the role's `search_path` says. */
  readonly schema: string | null;
}

/** Characters that end the part of a URL in which the password is, and how each is written inside of it. */
const ESCAPES: Readonly<Record<string, string>> = { '/': '%2F', '?': '%3F', '#': '%23' };
const EXAMPLE =
  'must be like postgresql://user:password@host:5432/name; inside the password # is written %23, / %2F, ? %3F and % %25';
/** The driver takes `require` and `verify-ca` for `verify-full`. */
const SSL_MODES = new Set(['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']);

/**
 * What is wrong with the text as the URL of a PostgreSQL, in words that follow the name of the variable and do not repeat
 * the value; null if nothing is. Reads the certificate files that the URL names, and connects to nothing.
 */
export function findUrlProblem(text: string): string | null {
  if (!/^postgres(ql)?:\/\//.test(text)) return EXAMPLE;
  const breaking = findUnescaped(text);
  if (breaking !== null)
    return `must not have a bare ${breaking} in its password: it is written ${ESCAPES[breaking] ?? ''}`;
  if (!URL.canParse(text)) return EXAMPLE;
  const url = new URL(text);
  const sslMode = url.searchParams.get('sslmode');
  if (sslMode !== null && !SSL_MODES.has(sslMode))
    return `must have a sslmode of ${[...SSL_MODES].join(', ')}`;
  if (url.searchParams.get('schema') === '') return 'must name a schema after schema=, or leave it out';
  try {
    void new pg.Client({ connectionString: readDatabaseUrl(text).connectionString });
    return null;
  } catch (error) {
    return describeDriverError(error);
  }
}

/** Reads a URL that {@link findUrlProblem} has nothing against. */
export function readDatabaseUrl(text: string): DatabaseUrl {
  const url = new URL(text);
  const schema = url.searchParams.get('schema');
  const sslMode = url.searchParams.get('sslmode') ?? '';
  const isAlias = /^(prefer|require|verify-ca)$/.test(sslMode) && !url.searchParams.has('uselibpqcompat');
  // Said as the driver understands it, because it prints a warning of seven lines for the aliases.
  if (isAlias) url.searchParams.set('sslmode', 'verify-full');
  url.searchParams.delete('schema');
  return { connectionString: schema === null && !isAlias ? text : url.href, schema };
}

/** The character that ended the part with user and password too early, as an @ after it shows; or a fragment's #. */
function findUnescaped(text: string): string | null {
  const [, authority = '', path = '', query = '', fragment = ''] =
    /^\w+:\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text) ?? [];
  const hasLaterAt = path.includes('@') || /^\?[^=]*@/.test(query) || fragment.includes('@');
  if (hasLaterAt && !authority.includes('@')) return (path || query || fragment).charAt(0);
  if (path.includes('@')) return '/';
  return fragment === '' ? null : '#';
}

function describeDriverError(error: unknown): string {
  if (error instanceof URIError) return 'must not have a bare % in its password: it is written %25';
  if (error instanceof Error && 'path' in error && 'code' in error)
    return `must name certificate files that can be read: ${String(error.path)} (${String(error.code)})`;
  return EXAMPLE;
}
