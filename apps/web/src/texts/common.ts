import { defineTexts } from './define-texts.js';

export const PRODUCT = 'Gangway';

export const t = defineTexts('common', {
  skip: 'Skip to the content',
  mainNav: 'Workspace',
  home: 'Home',
  runs: 'Runs',
  members: 'Members',
  audit: 'Audit',
  account: 'Account',
  workspaces: 'My workspaces',
  theme: 'Theme',
  'theme.auto': 'Auto',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  saveAndExit: 'Save and exit',
  suspended: 'This workspace is suspended: everything can be read, nothing can be changed.',
  loading: 'Loading',
  tryAgain: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Copying is blocked by the browser; select the text and copy it.',
  copyDetails: 'Copy details',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  loadMore: 'Load more',
  show: 'Show',
  hide: 'Hide',
  optional: 'optional',
  requestId: 'Request ID',
});
