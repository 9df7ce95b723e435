import { readFileSync } from 'node:fs';

/** What nodemailer connects by. */
interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly tls: { readonly rejectUnauthorized: boolean; readonly ca?: string; readonly servername?: string };
  readonly auth?: { readonly user: string; readonly pass: string };
}

const PARAMETERS = ['requireTLS', 'ignoreTLS', 'tls.caFile', 'tls.servername', 'tls.rejectUnauthorized'];

/**
 * The options of an SMTP server by its URL, and what of it nothing may repeat: user and password. The TLS parameters are in
 * docs/production.md; any other is refused, as nodemailer would take logging and proxies from it.
 * @throws RangeError with one line that does not repeat the value
 */
export function readSmtpUrl(text: string): { options: SmtpOptions; secrets: string[] } {
  const url = new URL(text);
  const unknown = [...url.searchParams.keys()].filter((name) => !PARAMETERS.includes(name));
  if (unknown.length > 0)
    throw new RangeError(`MAIL_URL has the parameter ${unknown[0]}: there are ${PARAMETERS.join(', ')}`);
  const user = decode(url.username);
  const pass = decode(url.password);
  const caFile = url.searchParams.get('tls.caFile');
  const servername = url.searchParams.get('tls.servername');
  const isSecure = url.protocol === 'smtps:';
  const requireTLS = readBoolean(url, 'requireTLS', false);
  const ignoreTLS = readBoolean(url, 'ignoreTLS', false);
  // nodemailer would follow the latter, and send the password in clear.
  if (requireTLS && ignoreTLS) throw new RangeError('MAIL_URL: requireTLS and ignoreTLS exclude each other');
  return {
    options: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port) || (isSecure ? 465 : 587),
      secure: isSecure,
      requireTLS,
      ignoreTLS,
      tls: {
        rejectUnauthorized: readBoolean(url, 'tls.rejectUnauthorized', true),
        ...(caFile === null ? {} : { ca: readAuthority(caFile) }),
        ...(servername === null ? {} : { servername }),
      },
      ...(user || pass ? { auth: { user, pass } } : {}),
    },
    secrets: [user, pass].filter(Boolean),
  };
}

function readBoolean(url: URL, name: string, otherwise: boolean): boolean {
  const value = url.searchParams.get(name) ?? String(otherwise);
  if (value !== 'true' && value !== 'false') throw new RangeError(`MAIL_URL: ${name} must be true or false`);
  return value === 'true';
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new RangeError('MAIL_URL: the file of tls.caFile cannot be read');
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError('MAIL_URL: in the user and password, % is written %25');
  }
}
