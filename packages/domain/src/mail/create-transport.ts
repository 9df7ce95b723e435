import type { MailTransport } from './transport.js';
import { outboxTransport } from './transports/outbox.js';
import { resendTransport } from './transports/resend.js';
import { sesTransport } from './transports/ses.js';
import { smtpTransport } from './transports/smtp.js';

/**
 * The transport that MAIL_URL names: `outbox:`, `smtp://…`, `smtps://…`, `resend:KEY` or `ses:REGION` (with the usual
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN).
 * @throws RangeError with one line that does not repeat the value
 */
export function createMailTransport(
  mailUrl: string,
  environment: Readonly<Record<string, string | undefined>>,
): MailTransport {
  if (mailUrl === 'outbox:') return outboxTransport;
  if (/^smtps?:\/\//.test(mailUrl) && URL.canParse(mailUrl)) return smtpTransport(mailUrl);
  const [, scheme, rest] = /^(resend|ses):(.+)$/.exec(mailUrl) ?? [];
  if (scheme === 'resend' && rest) return resendTransport(rest);
  if (scheme === 'ses' && rest && /^[a-z0-9-]+$/.test(rest)) {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = environment;
    if (!accessKeyId || !secretAccessKey)
      throw new RangeError('MAIL_URL names ses, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
    return sesTransport(rest, { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  }
  throw new RangeError('MAIL_URL must be outbox:, smtp://…, smtps://…, resend:KEY or ses:REGION');
}
