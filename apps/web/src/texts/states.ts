import { defineTexts } from './define-texts.js';

export const t = defineTexts('states', {
  'page.title': 'This page cannot be shown',
  'error.title': 'This did not work',
  'error.body':
    'Nothing you saved is lost. Try again; if it lasts, send the details to the operator of this service.',
  'offline.title': 'The server cannot be reached',
  'offline.body': 'Nothing you saved is lost. Check your connection, then try again.',
  'notFound.title': 'There is nothing here',
  'notFound.body':
    'It does not exist, or you have no access to it. Check the address, or ask a member of the workspace to invite you.',
  'forbidden.title': 'You lack a capability for this',
  'forbidden.missing': 'Missing: {{capability}}',
  'forbidden.roles': 'Roles that have it: {{roles}}.',
  'forbidden.holders': 'Who can help in this workspace:',
  'suspended.title': 'This workspace is suspended',
  'suspended.body': 'Everything can be read, nothing can be changed. Contact your provider.',
  'conflict.title': 'Changed meanwhile',
  'conflict.who': 'Changed by {{who}} {{when}}.',
  'conflict.reload': 'Reload',
  'conflict.keep': 'Keep mine',
  'gone.title': 'This link has expired',
  'gone.body': 'It was valid until {{when}}. Ask for a new one.',
  'gone.bodyNoTime': 'It was used before, or its time is over. Ask for a new one.',
  'limited.title': 'Too many requests',
  'limited.body': 'You can try again in {{time}}.',
  'limited.now': 'You can try again now.',
  'stream.lost': 'Reconnecting, showing {{time}}',
  'summary.title_one': 'There is {{count}} problem to fix',
  'summary.title_other': 'There are {{count}} problems to fix',
});
