import { defineTexts } from './define-texts.js';

export const t = defineTexts('done', {
  title: '{{name}} is on board',
  documentTitle: 'Done',
  live: 'What is live',
  'live.connection': 'Connection',
  'live.verified': 'Verified',
  'live.tenant': 'Tenant ID',
  'live.credential': 'Credential',
  expiry: 'The credential expires {{when}}. Put a new one in place before, on the page of the tenant.',
  running_one: '{{count}} operation is still reading; its numbers appear here by themselves.',
  running_other: '{{count}} operations are still reading; their numbers appear here by themselves.',
  next: 'What next',
  openTenant: 'Open the tenant',
  another: 'Onboard another tenant',
});
