import { defineTexts } from './define-texts.js';

export const t = defineTexts('invitation', {
  title: 'Invitation',
  join: 'Join {{workspace}}',
  lead: '{{inviter}} invites you to the workspace {{workspace}} as {{role}}: somebody who {{summary}}.',
  until: 'The invitation is for {{email}}, and good until {{when}}.',
  accept: 'Join as {{role}}',
  accepted: 'You are a member of {{workspace}} now',
  as: 'You are signed in as {{email}}.',
  other: 'You are signed in as somebody else',
  otherBody: 'The invitation is for {{invited}}, you are signed in as {{current}}.',
  switch: 'Sign out and go on',
  signIn: 'You have an account already. Sign in as {{email}} to join.',
  newAccount: 'Choose a password, and you are in.',
  firstName: 'First name',
  lastName: 'Last name',
  over: 'This invitation is over',
  overBody: 'It was used before, was withdrawn, or a newer one has taken its place.',
  expiredBody: 'It was good until {{when}}.',
  again:
    'To get a new one, write to whoever invited you; their address is in the mail. They can send it again from the members of the workspace.',
  member: 'Are you a member already?',
  missing: 'This link is incomplete',
  missingBody: 'Open the link of your mail again, or copy all of it into the address bar.',
});
