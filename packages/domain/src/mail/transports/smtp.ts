import { createTransport } from 'nodemailer';
import { AUTO_SUBMITTED, type MailTransport } from '../transport.js';
import { readSmtpUrl } from './read-smtp-url.js';
import { toSmtpError } from './smtp-error.js';

/** SMTP by an `smtp://` or `smtps://` URL. @throws RangeError with one line, if the URL has a parameter that is not known */
export function smtpTransport(url: string): MailTransport {
  const { options, secrets } = readSmtpUrl(url);
  const transport = createTransport({
    ...options,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'smtp',
    recordsOnly: false,
    async send({ messageId, from, to, subject, text, html }, signal) {
      try {
        const body = { text, ...(html === null ? {} : { html }) };
        const headers = { [AUTO_SUBMITTED.name]: AUTO_SUBMITTED.value };
        await transport.sendMail({ messageId, from, to, subject, headers, ...body, signal });
      } catch (error) {
        throw toSmtpError(error, [...secrets, to, ...to.split('@', 1), from, subject]);
      }
    },
    verify: () =>
      transport.verify().then(
        () => null,
        (error: unknown) => toSmtpError(error, secrets).reasonCode,
      ),
    close: () => transport.close(),
  };
}
