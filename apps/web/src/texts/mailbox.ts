import { defineTexts } from './define-texts.js';

export const t = defineTexts('mailbox', {
  title: 'Demo mailbox',
  lead: 'Every mail this server sent. It exists only in the demo.',
  empty: 'No mail was sent yet',
  emptyBody: 'Provision a tenant, reset a password or invite somebody, and the mail appears here.',
  to: 'To {{to}}',
  html: 'Show it as HTML',
  htmlOf: 'HTML of “{{subject}}”',
  refresh: 'Refresh',
  open: 'Open the demo mailbox',
});
