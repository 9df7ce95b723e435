import { AUTO_SUBMITTED, type MailTransport } from '../transport.js';
import { postMail } from './http-mail.js';
import { signAwsRequest, type AwsCredentials } from './sign-aws-request.js';

/** Amazon SES, API v2 `SendEmail` (POST /v2/email/outbound-emails), signed with Signature Version 4. */
export function sesTransport(
  region: string,
  credentials: AwsCredentials,
  origin = `https://email.${region}.amazonaws.com`,
): MailTransport {
  const url = new URL('/v2/email/outbound-emails', origin);
  return {
    name: 'ses',
    recordsOnly: false,
    send({ messageId, from, to, subject, text, html }, signal) {
      const part = (data: string) => ({ Data: data, Charset: 'UTF-8' });
      // SES sets its own Message-ID, so ours travels in a header of its own.
      const body = JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: {
            Subject: part(subject),
            Body: { Text: part(text), ...(html === null ? {} : { Html: part(html) }) },
            Headers: [
              { Name: 'X-Gangway-Message-ID', Value: messageId },
              { Name: AUTO_SUBMITTED.name, Value: AUTO_SUBMITTED.value },
            ],
          },
        },
      });
      return postMail(
        url.href,
        signAwsRequest(url, body, 'ses', region, credentials, new Date()),
        body,
        signal,
        [credentials.accessKeyId, credentials.secretAccessKey, to, from, subject],
      );
    },
    verify: () => Promise.resolve(credentials.accessKeyId === '' ? 'email.authentication' : null),
    close: () => undefined,
  };
}
