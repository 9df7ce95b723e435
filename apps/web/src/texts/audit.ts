import { defineTexts } from './define-texts.js';

export const t = defineTexts('audit', {
  title: 'Audit',
  lead: 'Who did what, and what was refused. Entries are written together with what they record.',
  empty: 'Nothing is recorded yet',
  at: 'When',
  actor: 'Who',
  action: 'What',
  outcome: 'Outcome',
  target: 'On',
  all: 'All',
  'outcome.allowed': 'Done',
  'outcome.denied': 'Refused',
  'outcome.failed': 'Failed',
  caption: 'Audit events, newest first',
});
