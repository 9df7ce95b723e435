import { AUTO_SUBMITTED, type MailTransport } from '../transport.js';
import { postMail } from './http-mail.js';

/**
 * Resend's HTTP API ("Send Email" in its reference). Its Idempotency-Key makes a repeated send one mail
 * for a day; 409 says that the first one is still under way, or said something else, and is tried again as all is.
 */
export function resendTransport(apiKey: string, endpoint = 'https://api.resend.com/emails'): MailTransport {
  return {
    name: 'resend',
    recordsOnly: false,
    send({ messageId, from, to, subject, text, html }, signal) {
      const body = {
        from,
        to: [to],
        subject,
        text,
        ...(html === null ? {} : { html }),
        headers: { 'Message-ID': messageId, [AUTO_SUBMITTED.name]: AUTO_SUBMITTED.value },
      };
      return postMail(
        endpoint,
        { authorization: `Bearer ${apiKey}`, 'idempotency-key': messageId },
        JSON.stringify(body),
        signal,
        [apiKey, to, from, subject],
      );
    },
    // There is no call that proves the key without sending; what cannot be sent shows in the outbox.
    verify: () => Promise.resolve(apiKey === '' ? 'email.authentication' : null),
    close: () => undefined,
  };
}
