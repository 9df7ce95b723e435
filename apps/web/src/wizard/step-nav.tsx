import type { Session } from '@gangway/contract/onboarding';
import { paths } from '../paths.js';
import { useWorkspace } from '../shell/workspace-context.js';
import { t } from '../texts/wizard-shell.js';
import { AppLink } from '../ui/app-link.js';
import { StatusIcon } from '../ui/status-badge.js';
import { STEP_TONES, WIZARD_STEPS, type StepState, type WizardStep } from './steps.js';
import './step-nav.css';

interface Props {
  /** Absent before the tenant is identified. */
  readonly session?: Session;
  readonly current: WizardStep | 'complete';
}

/** Where one stands, in words; steps that are open are links. Folded up on small screens. */
export function StepNav({ session, current }: Props) {
  const number = WIZARD_STEPS.findIndex((step) => step === current) + 1 || WIZARD_STEPS.length;
  const list = (
    <ol className="steps">
      {WIZARD_STEPS.map((step, index) => (
        <StepEntry key={step} step={step} number={index + 1} session={session} isCurrent={step === current} />
      ))}
    </ol>
  );
  return (
    <nav aria-label={t('nav')} className="step-nav">
      <details className="step-fold">
        <summary>
          {t('position', { number, count: WIZARD_STEPS.length })}
          <span className="soft"> {t(`step.${current}`)}</span>
        </summary>
        {list}
      </details>
      <div className="step-wide">{list}</div>
    </nav>
  );
}

interface EntryProps {
  readonly step: WizardStep;
  readonly number: number;
  readonly session: Session | undefined;
  readonly isCurrent: boolean;
}

function StepEntry({ step, number, session, isCurrent }: EntryProps) {
  const { slug } = useWorkspace();
  const state: StepState =
    session?.steps.find(({ key }) => key === step)?.state ?? (isCurrent ? 'in_progress' : 'locked');
  const content = (
    <>
      <span className="step-number" aria-hidden>
        {number}
      </span>
      <span className="stack step-words">
        <span className="step-name">{t(`step.${step}`)}</span>
        <span className="step-state">
          <StatusIcon tone={STEP_TONES[state]} size={15} />
          {t(`state.${state}`)}
        </span>
      </span>
    </>
  );
  const mark = isCurrent ? ({ 'aria-current': 'step' } as const) : {};
  return (
    <li className={`step is-${state}`}>
      {session?.status === 'open' && state !== 'locked' ? (
        <AppLink href={paths.onboarding(slug, session.id, step)} className="step-link" {...mark}>
          {content}
        </AppLink>
      ) : (
        <span className="step-link" {...mark}>
          {content}
        </span>
      )}
    </li>
  );
}
