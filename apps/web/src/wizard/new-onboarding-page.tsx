import { useWorkspace } from '../shell/workspace-context.js';
import { CapabilityNotice } from '../states/capability-notice.js';
import { t } from '../texts/identify.js';
import { IdentifyForm } from './identify/identify-form.js';
import { StepHeading } from './step-heading.js';
import { StepNav } from './step-nav.js';

/** The first step before there is a session: nothing is written until the tenant is identified. */
export function NewOnboardingPage() {
  const { can } = useWorkspace();
  return (
    <div className="wizard">
      <StepNav current="identify" />
      <div className="wizard-body stack">
        <StepHeading step="identify">{t('title')}</StepHeading>
        {can('onboarding:run') ? <IdentifyForm /> : <CapabilityNotice capability="onboarding:run" />}
      </div>
    </div>
  );
}
