import type { ReactNode } from 'react';
import { t } from '../texts/wizard-shell.js';
import { PageHeading } from '../ui/page-heading.js';
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
  eyebrow,
}: {
  step: WizardStep;
  children: string;
  eyebrow?: ReactNode;
}) {
  return (
    <PageHeading documentTitle={toStepTitle(step)} eyebrow={eyebrow}>
      {children}
    </PageHeading>
  );
}
