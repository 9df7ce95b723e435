import { Action, Fact, Paragraph, Title, type DefaultMail } from './parts.js';

export const WelcomeTemporaryPassword: DefaultMail<'welcome_temporary_password'> = (mail) => (
  <>
    <Title>{mail.tenant_name} is ready</Title>
    <Paragraph>
      Hello {mail.first_name}, you are the administrator of {mail.tenant_name} in Gangway.
    </Paragraph>
    <Fact name="E-mail" value={mail.email} />
    <Fact name="Temporary password" value={mail.temporary_password} />
    <Action label="Sign in" address="Open this address to sign in" href={mail.sign_in_url} />
    <Paragraph>
      The temporary password lets you sign in once, within {mail.valid_hours} hours. You then choose your own.
      If it no longer works, reset your password on the sign-in page.
    </Paragraph>
    <Paragraph>
      What comes next: add your first Microsoft Entra directory with the onboarding wizard.
    </Paragraph>
  </>
);
