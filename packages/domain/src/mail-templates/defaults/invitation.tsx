import { Action, Paragraph, Title, type DefaultMail } from './parts.js';

export const Invitation: DefaultMail<'invitation'> = (mail) => (
  <>
    <Title>You are invited to {mail.workspace_name}</Title>
    <Paragraph>
      {mail.inviter} invites you to the workspace {mail.workspace_name} in Gangway, as {mail.role}. Whoever
      has this role {mail.role_summary}.
    </Paragraph>
    <Action label="Accept the invitation" address="Open this address to accept it" href={mail.accept_url} />
    <Paragraph>
      The link works once, within {mail.valid_days} days, and for {mail.email} only. Sign in there, or choose
      a password if you have no account yet.
    </Paragraph>
    <Paragraph>If it has expired, ask {mail.inviter} to send it again.</Paragraph>
  </>
);
