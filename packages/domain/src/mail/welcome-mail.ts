import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';
import type { MailValues } from '../mail-templates/template.js';

/** How the new admin gets in: with a temporary password, or with a link to set one. */
export type Entrance =
  | { readonly kind: 'temporary_password'; readonly password: string }
  | { readonly kind: 'setup_link'; readonly link: string };

/** A mail without its words: which one it is, and what its variables stand for. */
export type TemplatedMail = {
  readonly [Key in MailTemplateKey]: { readonly template: Key; readonly values: MailValues<Key> };
}[MailTemplateKey];

/** What the mail to a new tenant's admin has to say; the words around it are the partner's or the default ones. */
export function welcomeMail(facts: {
  tenantName: string;
  admin: { firstName: string; lastName: string; email: string };
  appUrl: string;
  validHours: number;
  entrance: Entrance;
}): TemplatedMail {
  const { admin, entrance } = facts;
  const person = {
    tenant_name: facts.tenantName,
    first_name: admin.firstName,
    last_name: admin.lastName,
    email: admin.email,
    valid_hours: String(facts.validHours),
  };
  if (entrance.kind === 'setup_link')
    return { template: 'welcome_setup_link', values: { ...person, setup_url: entrance.link } };
  const entry = { temporary_password: entrance.password, sign_in_url: `${facts.appUrl}/sign-in` };
  return { template: 'welcome_temporary_password', values: { ...person, ...entry } };
}
