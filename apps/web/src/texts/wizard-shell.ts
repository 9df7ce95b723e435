import { defineTexts } from './define-texts.js';

export const t = defineTexts('wizard-shell', {
  nav: 'Onboarding steps',
  'step.identify': 'Identify',
  'step.connection': 'Connection',
  'step.verify': 'Verify',
  'step.bootstrap': 'Bootstrap',
  'step.complete': 'Done',
  'state.not_started': 'Not started',
  'state.in_progress': 'In progress',
  'state.needs_attention': 'Needs attention',
  'state.done': 'Done',
  'state.locked': 'Locked',
  position: 'Step {{number}} of {{count}}',
  documentTitle: '{{step}}, step {{number}} of {{count}}',
  redirected: 'That step is not open yet. This is the step to go on with.',
  resumed: 'This tenant is being onboarded already; you carry on where it was left.',
  colleague: '{{who}} carried on. This page shows where it stands now.',
  abandoned: 'This onboarding was abandoned. Identify the tenant again to start over.',
  newTitle: 'New onboarding',
  continue: 'Continue',
});
