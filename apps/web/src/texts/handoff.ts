import { defineTexts } from './define-texts.js';

export const t = defineTexts('handoff', {
  title: '{{workspace}} asks for your consent',
  lead: '{{who}} asks you, as an administrator of {{tenant}}, to let Gangway read what is listed here. Nothing in your directory is changed.',
  tenant: 'Your directory',
  tenantId: 'Tenant ID',
  application: 'Application (client ID)',
  askedBy: 'Asked by',
  until: 'This link works until',
  continue: 'Continue to Microsoft',
  continueHint:
    'You sign in at Microsoft as a Privileged Role Administrator or Global Administrator, and decide there. This link can be followed once.',
  over: 'It ended {{when}}.',
  overHow: 'Ask whoever sent you the link for a new one.',
  linkTitle: 'Consent',
  thanksTitle: 'Thank you',
  thanks: 'Whoever asked you is told, and checks now that everything works. You can close this page.',
  refusedTitle: 'No consent was given',
  refused:
    'You came back from Microsoft without a consent, and nothing has changed. Whoever asked you is told. If that was a mistake, ask them for a new link.',
  returnTitle: 'This way back is over',
  returnBody:
    'It was used before, its hour is over, it was withdrawn, or it began in another browser. What you decided at Microsoft stands all the same.',
  returnMember:
    'If you asked for consent yourself, open the onboarding or the tenant again: run the checks, or ask once more.',
  returnGuest: 'If you came by a link, ask whoever sent it for a new one.',
  workspaces: 'My workspaces',
});
