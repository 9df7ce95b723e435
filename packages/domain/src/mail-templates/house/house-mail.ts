import type { MailTemplateKey, VariableOf } from '@gangway/contract/provisioning/mail-templates';
import type { ReactNode } from 'react';

/**
 * A mail of the house. What it is given for each variable is the variable itself, `{{name}}`: it is rendered once, and
 * each mail only puts what the variables stand for in their places.
 */
export type HouseMail<Key extends MailTemplateKey> = (
  variables: Readonly<Record<VariableOf<Key>, string>>,
) => ReactNode;

/** The mails of the house as react-email renders them, with `{{variables}}`. */
export interface HouseMails {
  /** `html` is the inside of the HTML part. */
  readonly mails: Readonly<Record<MailTemplateKey, { readonly text: string; readonly html: string }>>;
  /** What stands around the words of the house, with `{{subject}}`, `{{preheader}}` and `{{content}}`. */
  readonly frame: string;
  /** What stands around the words of a partner, with `{{subject}}` and `{{content}}`. */
  readonly partnerFrame: string;
}
