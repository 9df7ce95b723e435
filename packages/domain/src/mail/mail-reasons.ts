/** Why a mail was not taken, this time: stable names for operators and alerts (docs/operations.md). */
export const MAIL_REASONS = [
  /** Nothing answers at the address: wrong host or port, a firewall, a server that is away. */
  'email.unreachable',
  /** It answered, and ended the connection before it took the mail. */
  'email.disconnected',
  /** It did not answer in time. */
  'email.timeout',
  /** Its certificate is not signed by an authority that is known, is for another host, or is not valid now. */
  'email.certificate',
  /** TLS was not agreed: not offered though required, or spoken on a port that does not. */
  'email.tls',
  /** It refused the user and password, or the key. */
  'email.authentication',
  /** It refused the mail: sender, recipient, content or rate. */
  'email.rejected',
  /** The mail could not be made: nothing was sent. */
  'email.unprepared',
] as const;

export type MailReason = (typeof MAIL_REASONS)[number];
