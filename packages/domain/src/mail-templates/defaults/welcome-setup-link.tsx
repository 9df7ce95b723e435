import { Action, Paragraph, Title, type DefaultMail } from './parts.js';

export const WelcomeSetupLink: DefaultMail<'welcome_setup_link'> = (mail) => (
  <>
    <Title>{mail.tenant_name} is ready</Title>
    <Paragraph>
      Hello {mail.first_name}, you are the administrator of {mail.tenant_name} in Gangway. Set a password for{' '}
      {mail.email} to sign in.
    </Paragraph>
    <Action label="Set your password" address="Open this address to set a password" href={mail.setup_url} />
    <Paragraph>
      The link works once, within {mail.valid_hours} hours. After that, reset your password on the sign-in
      page.
    </Paragraph>
    <Paragraph>
      What comes next: add your first Microsoft Entra directory with the onboarding wizard.
    </Paragraph>
  </>
);
