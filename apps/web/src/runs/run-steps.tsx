import type { Step, StepStatus } from '@gangway/contract/operations';
import { REASONS } from '@gangway/contract/reason-codes';
import { t } from '../texts/runs.js';
import { Exact, toDuration } from '../time/when.js';
import { EvidenceDetails } from '../wizard/verify/check-finding.js';
import { StatusIcon, type Tone } from '../ui/status-badge.js';
import './run-steps.css';

const TONES: Record<StepStatus, Tone> = {
  pending: 'idle',
  running: 'live',
  succeeded: 'ok',
  failed: 'bad',
  skipped: 'skipped',
  compensated: 'skipped',
};

/** The run as a timeline of its steps, with attempts and durations. */
export function RunSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <section className="stack" aria-labelledby="steps">
      <h2 id="steps">{t('steps')}</h2>
      <ol className="timeline">
        {steps.map((step) => (
          <li key={step.name}>
            <StatusIcon tone={TONES[step.status]} size={20} />
            <div className="grow">
              <div className="row apart">
                <h3>{step.title}</h3>
                <span className="small">{t(`step.${step.status}`)}</span>
              </div>
              <p className="soft small">
                {step.startedAt && <Exact at={step.startedAt} />}
                {step.startedAt &&
                  step.finishedAt &&
                  `, ${toDuration(Date.parse(step.finishedAt) - Date.parse(step.startedAt))}`}
                {step.attempt > 1 && `, ${t('attempts', { count: step.attempt })}`}
              </p>
              {step.reasonCode && (
                <p className="small">
                  {step.message ?? REASONS[step.reasonCode].title} <code>{step.reasonCode}</code>
                </p>
              )}
              {step.evidence && <EvidenceDetails evidence={step.evidence} />}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
