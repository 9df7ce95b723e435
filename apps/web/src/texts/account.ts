import { defineTexts } from './define-texts.js';

export const t = defineTexts('account', {
  title: 'Account',
  signedInAs: 'Signed in as {{email}}',
  signOut: 'Sign out',
  password: 'Password',
  passwordChanged: 'Your password was changed. Your other sessions have ended.',
  sessions: 'Sessions',
  sessionsLead: 'Where you are signed in. End what you do not recognise.',
  current: 'This browser',
  unknownBrowser: 'Unknown browser',
  signedIn: 'Signed in',
  lastSeen: 'last seen',
  revoke: 'End',
  revokeNamed: 'End the session of {{browser}}',
  revoked: 'Session ended',
});
