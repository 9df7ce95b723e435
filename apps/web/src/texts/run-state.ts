import { defineTexts } from './define-texts.js';

export const t = defineTexts('run-state', {
  held: 'Held for a decision',
  queued: 'Queued',
  running: 'Running, {{progress}} %',
  waiting: 'Waiting until {{time}}',
  succeeded: 'Done',
  warned: 'Done, with a warning',
  failed: 'Failed',
  cancelled: 'Cancelled',
});
