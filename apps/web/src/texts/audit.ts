import { defineTexts } from './define-texts.js';

export const t = defineTexts('audit', {
  title: 'Audit',
  lead: 'Who did what, and what was refused. Entries are written together with what they record.',
  empty: 'Nothing is recorded yet',
  emptyFiltered: 'Nothing recorded matches these filters',
  clear: 'Clear the filters',
  at: 'When',
  who: 'Who',
  what: 'What happened',
  action: 'What',
  outcome: 'Outcome',
  tenant: 'Tenant',
  all: 'All',
  'outcome.allowed': 'Done',
  'outcome.denied': 'Refused',
  'outcome.failed': 'Failed',
  caption: 'Audit events, newest first',
  tried: 'tried to {{verb}}',
  unknown: 'did {{action}}',
  gone: 'something that is gone',
  goneTenant: 'a tenant',
});
