import { createTransport } from 'nodemailer';
import { MailError, type MailTransport } from '../transport.js';

/** SMTP by an `smtp://` or `smtps://` URL. */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport({
    url,
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
        await transport.sendMail({ messageId, from, to, subject, ...body, signal });
      } catch (error) {
        const code = responseCodeOf(error);
        throw new MailError(
          code === null ? 'The mail server cannot be reached' : `The mail server answered ${code}`,
          { cause: error },
        );
      }
    },
    verify: () =>
      transport.verify().then(
        () => true,
        () => false,
      ),
    close: () => transport.close(),
  };
}

function responseCodeOf(error: unknown): number | null {
  const code =
    typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null;
  return typeof code === 'number' ? code : null;
}
