/** A connection to PostgreSQL that could not be opened. The message is one line without the URL, and follows "cannot be used:". */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  /** Node's, OpenSSL's or PostgreSQL's code, if there is one. */
  readonly code: string | undefined;

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.code = codeOf(cause);
  }
}

const UNKNOWN_AUTHORITY =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?)$/;

/** Says why the driver could not connect, and what helps if that is known. */
export function toConnectionError(error: unknown): ConnectionError {
  const code = codeOf(error) ?? '';
  const message = error instanceof Error ? error.message.replace(/\s*\n\s*/g, ' ') : String(error);
  return new ConnectionError(explain(code, message), error);
}

function explain(code: string, message: string): string {
  if (UNKNOWN_AUTHORITY.test(code))
    return `no authority that this machine knows signed its TLS certificate (${code}): add sslrootcert=FILE with the certificate of the one that did`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its TLS certificate is for another host name: ${message.replace(/^.*?Reason: /, '')}`;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return `its TLS certificate is not valid now (${code})`;
  if (/does not support SSL/.test(message))
    return 'it does not offer TLS: remove sslmode, or use sslmode=disable';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `TLS failed (${code}): ${message}`;
  if (code === '28000' && /no encryption|SSL off/.test(message))
    return `it refuses connections without TLS: add sslmode=verify-full (${message})`;
  if (message === 'timeout expired') return 'it did not answer in time';
  if (/client password must be a/.test(message)) return 'it asks for a password, and the URL has none';
  return message || code;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
