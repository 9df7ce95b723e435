import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';

/** The default mail as react-email renders them, with `{{variables}}`. */
export interface DefaultMails {
  /** `html` is the inside of the HTML part. */
  readonly mails: Readonly<Record<MailTemplateKey, { readonly text: string; readonly html: string }>>;
  /** What stands around the default template, with `{{subject}}`, `{{preheader}}` and `{{content}}`. */
  readonly frame: string;
  /** What stands around the words of a partner, with `{{subject}}` and `{{content}}`. */
  readonly partnerFrame: string;
}
