import type { MailReason } from '../mail-reasons.js';
import { MailError } from '../transport.js';
import { describeNetworkError, type NetworkFailure } from './network-error.js';
import { sanitizeWords } from './sanitize-words.js';

/** What nodemailer throws. */
interface SmtpFailure {
  /** nodemailer's own: ESOCKET, ECONNECTION, ETIMEDOUT, EDNS, ETLS, EAUTH, EENVELOPE, EMESSAGE … */
  readonly code?: string;
  /** Node's or OpenSSL's, where nodemailer put its own in place of it. */
  readonly originalCode?: string;
  readonly responseCode?: number;
  /** The server's answer, its code included. */
  readonly response?: string;
}

/** Any other answer is about the mail. */
const REASONS_OF_ANSWERS: Readonly<Record<string, MailReason>> = {
  EAUTH: 'email.authentication',
  ETLS: 'email.tls',
};

/** Says why an SMTP server did not take a mail. `hidden`: values that its words must not repeat. */
export function toSmtpError(error: unknown, hidden: readonly string[]): MailError {
  const failure = error as SmtpFailure;
  const { code, responseCode, response = '' } = failure;
  if (responseCode !== undefined) {
    const words = sanitizeWords(response.replace(/^\d{3}[ -]?/, ''), hidden);
    const reason = REASONS_OF_ANSWERS[code ?? ''] ?? 'email.rejected';
    return new MailError(reason, `The mail server answered ${responseCode}${words && `: ${words}`}`, error);
  }
  const { reason, message } = describe(failure);
  return new MailError(reason, `The mail server ${message}`, error);
}

function describe({ code, originalCode }: SmtpFailure): NetworkFailure {
  switch (code) {
    case 'ECONNECTION':
      return { reason: 'email.disconnected', message: 'ended the connection before it took the mail' };
    case 'EABORT':
      return { reason: 'email.timeout', message: 'did not take the mail in time' };
    case 'ETLS':
      return { reason: 'email.tls', message: `and we did not agree on TLS (${originalCode ?? code})` };
    case 'EAUTH':
      return { reason: 'email.authentication', message: 'offers no way to sign in that we know' };
    default:
      return describeNetworkError(originalCode ?? code);
  }
}
