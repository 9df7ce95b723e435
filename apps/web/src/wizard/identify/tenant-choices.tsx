import { CLOUD_NAMES } from '@gangway/contract/clouds';
import { t } from '../../texts/identify.js';
import { Notice } from '../../ui/notice.js';
import { type Candidate, isSame } from './candidate.js';

interface Props {
  readonly choices: readonly Candidate[];
  readonly chosen: Candidate;
  readonly onChoose: (choice: Candidate) => void;
}

/** One name that is a tenant in several clouds: only a person knows which of them is meant. */
export function TenantChoices({ choices, chosen, onChoose }: Props) {
  return (
    <Notice tone="warn" title={t('severalFound')}>
      <fieldset className="stack">
        <legend>{t('chooseTenant')}</legend>
        {choices.map((choice) => (
          <label key={`${choice.cloud} ${choice.entraTenantId}`} className="choice">
            <input
              type="radio"
              name="tenant"
              aria-label={`${CLOUD_NAMES[choice.cloud]}, ${choice.entraTenantId}`}
              checked={isSame(choice, chosen)}
              onChange={() => onChoose(choice)}
            />
            <span className="stack tight grow">
              <span className="choice-title">{CLOUD_NAMES[choice.cloud]}</span>
              <span className="mono small">{choice.entraTenantId}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Notice>
  );
}
