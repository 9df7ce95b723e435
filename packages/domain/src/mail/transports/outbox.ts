import type { MailTransport } from '../transport.js';

/** `outbox:` records mails and sends nothing; the demo's mailbox shows them. */
export const outboxTransport: MailTransport = {
  name: 'outbox',
  recordsOnly: true,
  send: () => Promise.resolve(),
  verify: () => Promise.resolve(null),
  close: () => undefined,
};
