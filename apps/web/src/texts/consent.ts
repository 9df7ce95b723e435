import { defineTexts } from './define-texts.js';

export const t = defineTexts('consent', {
  title: 'Ask for consent',
  lead: 'A privileged administrator of {{name}} grants the permissions once, at Microsoft. If you are one, go there yourself. If not, send a link to the person who is.',
  before: 'Before the first time',
  beforeBody:
    'The app registration has to list this redirect URI (platform Web), or Microsoft shows AADSTS50011 and sends nobody back:',
  direct: 'Continue to Microsoft',
  link: 'Create a link for the administrator',
  newLink: 'Create a new link',
  linkTitle: 'Send this link to the administrator',
  linkBody:
    'It is shown only here. It opens a page with what Gangway will be able to read and the way to Microsoft, and nothing else. It works once, until {{when}}.',
  linkCopy: 'Copy the link',
  newLinkHint: 'The link before it then no longer works.',
  linkCreated: 'Link created',
  revoke: 'Withdraw the link',
  revoked: 'Link withdrawn',
  waiting: 'Waiting for consent since {{since}}',
  'waiting.direct': '{{who}} went on to Microsoft. When they come back, the verification starts by itself.',
  'waiting.link': '{{who}} made a link. It works once, until {{when}}.',
  'waiting.followed':
    'The link of {{who}} was followed {{when}} and is used up. When the administrator comes back from Microsoft, the verification starts by itself.',
  openLink: 'A link that {{who}} made works once, until {{when}}.',
  returned: 'Somebody came back from Microsoft {{when}}',
  returnedBody: 'That proves nothing yet. The verification finds out whether the consent is there.',
  seeVerification: 'See the verification',
  refusedCode: 'Came back {{when}}:',
  expired: 'Nobody came back from Microsoft in time',
  'expired.link': 'The link of {{who}} has expired',
  expiredBody: 'It ended {{when}}. Ask again.',
  'revoked.title': 'The link was withdrawn',
  announceReturned: 'Somebody came back from Microsoft; the verification has started',
  announceRefused: 'Came back from Microsoft without consent: {{reason}}',
});
