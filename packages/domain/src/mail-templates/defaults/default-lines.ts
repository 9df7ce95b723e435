import type { MailTemplateKey } from '@gangway/contract/provisioning/mail-templates';

interface DefaultLines {
  readonly subject: string;
  /** What an inbox shows beside the subject. Without secrets, as it is seen on locked screens. */
  readonly preheader: string;
}

/** The lines of the default mails. They stand apart because the outbox stores subjects without making the mail. */
export const DEFAULT_LINES: Readonly<Record<MailTemplateKey, DefaultLines>> = {
  welcome_temporary_password: {
    subject: 'Welcome to Gangway: {{tenant_name}} is ready',
    preheader: 'You are its administrator. Sign in within {{valid_hours}} hours.',
  },
  welcome_setup_link: {
    subject: 'Welcome to Gangway: {{tenant_name}} is ready',
    preheader: 'You are its administrator. Set your password within {{valid_hours}} hours.',
  },
  invitation: {
    subject: 'Invitation to {{workspace_name}}',
    preheader: '{{inviter}} invites you. Accept within {{valid_days}} days.',
  },
  password_reset: {
    subject: 'Set a new password',
    preheader: 'The link is good once, for {{valid_minutes}} minutes.',
  },
};
