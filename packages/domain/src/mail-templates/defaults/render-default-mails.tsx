import {
  MAIL_TEMPLATE_KEYS,
  variablesOf,
  type MailTemplateKey,
} from '@gangway/contract/provisioning/mail-templates';
import type { ReactNode } from 'react';
import { render, toPlainText } from 'react-email';
import { Frame } from './frame.js';
import type { DefaultMails } from './default-mail.js';
import { Invitation } from './invitation.js';
import type { DefaultMail } from './parts.js';
import { PasswordReset } from './password-reset.js';
import { WelcomeSetupLink } from './welcome-setup-link.js';
import { WelcomeTemporaryPassword } from './welcome-temporary-password.js';

const MAILS: { readonly [Key in MailTemplateKey]: DefaultMail<Key> } = {
  welcome_temporary_password: WelcomeTemporaryPassword,
  welcome_setup_link: WelcomeSetupLink,
  invitation: Invitation,
  password_reset: PasswordReset,
};

/**
 * Renders every default mail, text and HTML of one component each. What comes of it is kept in `default-mails.ts`:
 * a server that mails need not load React, which holds everything else up for half a second.
 */
export async function renderDefaultMails(): Promise<DefaultMails> {
  const mails = MAIL_TEMPLATE_KEYS.map(async (key) => [key, await renderMail(key)] as const);
  return {
    mails: Object.fromEntries(await Promise.all(mails)) as DefaultMails['mails'],
    frame: await renderMarkup(<Frame isDefault />),
    partnerFrame: await renderMarkup(<Frame isDefault={false} />),
  };
}

async function renderMail(key: MailTemplateKey): Promise<{ text: string; html: string }> {
  const variables = Object.fromEntries(Object.keys(variablesOf(key)).map((name) => [name, `{{${name}}}`]));
  const Mail = MAILS[key] as (variables: Readonly<Record<string, string>>) => ReactNode;
  const html = (await renderMarkup(<Mail {...variables} />)).replace(/^<!DOCTYPE[^>]*>/, '');
  const text = toPlainText(html, { selectors: [{ selector: 'h1', options: { uppercase: false } }] });
  return { text, html };
}

/** Without the comments that React leaves for a browser; those for Outlook stay. */
async function renderMarkup(mail: ReactNode): Promise<string> {
  return (await render(mail)).replace(/<!--(?!\[if).*?-->/g, '');
}
