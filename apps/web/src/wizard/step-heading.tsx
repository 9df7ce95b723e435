import type { Cloud } from '@gangway/contract/clouds';
import { t } from '../texts/wizard-shell.js';
import { PageHeading } from '../ui/page-heading.js';
import { SandboxTag } from '../ui/tag.js';
import { WIZARD_STEPS, type WizardStep } from './steps.js';

/** "Connection, step 2 of 4". */
export function toStepTitle(step: WizardStep): string {
  const number = WIZARD_STEPS.indexOf(step) + 1;
  return t('documentTitle', { step: t(`step.${step}`), number, count: WIZARD_STEPS.length });
}

/** The h1 of a step, with "Connection, step 2 of 4" as the document title. */
export function StepHeading({
  step,
  children,
  tenantName,
  cloud,
}: {
  step: WizardStep;
  children: string;
  /** Whom the step is about, where the heading does not say it. */
  tenantName?: string;
  cloud?: Cloud | null | undefined;
}) {
  const eyebrow = (tenantName !== undefined || cloud === 'sandbox') && (
    <>
      {tenantName !== undefined && <span>{tenantName}</span>}
      <SandboxTag cloud={cloud} />
    </>
  );
  return (
    <PageHeading documentTitle={toStepTitle(step)} eyebrow={eyebrow}>
      {children}
    </PageHeading>
  );
}
