import { Action, Paragraph, Title, type DefaultMail } from './parts.js';

export const PasswordReset: DefaultMail<'password_reset'> = (mail) => (
  <>
    <Title>Set a new password</Title>
    <Paragraph>
      Hello {mail.first_name}, somebody asked for a new password for your Gangway account {mail.email}.
    </Paragraph>
    <Action label="Set a new password" address="Open this address to set a password" href={mail.reset_url} />
    <Paragraph>The link works once, within {mail.valid_minutes} minutes.</Paragraph>
    <Paragraph>If it was not you, ignore this mail: nothing has changed.</Paragraph>
  </>
);
