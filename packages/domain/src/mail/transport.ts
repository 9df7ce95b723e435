import type { MailReason } from './mail-reasons.js';

/** A mail as it leaves the server. Header values carry no control characters: {@link toHeaderText} made them. */
export interface OutgoingMail {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** A way to send mail. */
export interface MailTransport {
  readonly name: 'outbox' | 'smtp' | 'resend' | 'ses';
  /** Only records: what stands in the outbox counts as sent, and its body is kept to be shown. */
  readonly recordsOnly: boolean;
  /** Resolves once the mail was accepted; `signal` breaks it off, and bounds how long it takes. @throws MailError */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  /** Why mail could not be sent now; null if it could. For /readyz. Never throws. */
  verify(signal: AbortSignal): Promise<MailReason | null>;
  close(): void;
}

/**
 * The transport did not take the mail, this time: no answer is final, as it may be our own password, sender or account that
 * was refused, which somebody fixes. The message names no address and no secret; it is kept with the mail.
 */
export class MailError extends Error {
  override readonly name = 'MailError';

  constructor(
    readonly reasonCode: MailReason,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** Says to other programs that no person wrote this mail, so that they do not answer it (RFC 3834). */
export const AUTO_SUBMITTED = { name: 'Auto-Submitted', value: 'auto-generated' } as const;

/** Text for a mail header: one line, whatever came in. */
export function toHeaderText(value: string): string {
  return value
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/\s{2,}/g, ' ')
    .trim();
}
