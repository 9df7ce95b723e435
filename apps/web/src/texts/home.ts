import { defineTexts } from './define-texts.js';

export const t = defineTexts('home', {
  'workspaces.title': 'My workspaces',
  'workspaces.empty': 'You belong to no workspace yet',
  'workspaces.emptyBody':
    'A workspace holds the directories your team looks after. Somebody who has one can invite {{email}}; the link in their mail brings you in.',
  'workspaces.role': 'Your role: {{role}}',
  'workspaces.suspended': 'Suspended',
  'home.new': 'Onboard a tenant',
  'home.tenants': 'Managed tenants',
  'home.sessions': 'Carry on',
  'home.runs': 'In progress',
  'home.watch': 'Watch',
  'home.continue': 'Continue',
  'home.lastCheck': 'Last check',
  'home.neverChecked': 'Never checked',
  'home.waiting': 'Waiting for consent since {{since}}',
  'home.stopped': 'Stopped at {{step}}',
  'home.attention_one': '{{count}} check needs attention',
  'home.attention_other': '{{count}} checks need attention',
  'home.by': 'by {{who}}',
  'home.empty': 'Bring the first tenant on board',
  'home.emptyBody':
    'A managed tenant is the Microsoft Entra directory of a customer. Gangway connects to it, checks that the connection really works, and takes a first snapshot.',
  'home.emptyNeeds': 'What you will need:',
  'home.need.domain': 'one of the customer’s domains, or their tenant ID',
  'home.need.admin': 'a privileged administrator of that tenant, to grant consent',
  'home.need.time': 'about ten minutes. You can stop anywhere and come back, also on another machine',
  'home.readOnly':
    'You may look at everything here. Starting an onboarding needs the capability onboarding:run.',
  'health.unknown': 'Not checked',
  'health.healthy': 'Healthy',
  'health.attention': 'Needs attention',
  'health.failing': 'Failing',
  'status.onboarding': 'Onboarding',
  'status.active': 'Active',
});
