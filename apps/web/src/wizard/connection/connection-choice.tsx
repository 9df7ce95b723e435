import type { Connection } from '@gangway/contract/connections';
import type { ReactNode } from 'react';
import { t } from '../../texts/connection.js';
import { toDay } from '../../time/when.js';
import { StatusBadge, type Tone } from '../../ui/status-badge.js';
import { SandboxTag, Tag } from '../../ui/tag.js';

export const VERIFICATION_TONES: Record<Connection['verification'], Tone> = {
  never: 'idle',
  verified: 'ok',
  failed: 'bad',
  stale: 'warn',
};

interface Props {
  readonly value: string;
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
  readonly title: string;
  readonly children: ReactNode;
}

function Choice({ value, chosen, onChoose, title, children }: Props) {
  return (
    <label className="choice">
      <input type="radio" name="connection" checked={chosen === value} onChange={() => onChoose(value)} />
      <span className="stack tight grow">
        <span className="choice-title">{title}</span>
        {children}
      </span>
    </label>
  );
}

interface ChoiceProps {
  readonly connections: readonly Connection[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}

/** The connections of this tenant, and the way to a new one. */
export function ConnectionChoice({ connections, chosen, onChoose }: ChoiceProps) {
  return (
    <fieldset className="stack">
      <legend className="choice-title">{t('choose')}</legend>
      {connections.map((connection) => (
        <Choice
          key={connection.id}
          value={connection.id}
          chosen={chosen}
          onChoose={onChoose}
          title={connection.displayName}
        >
          <span className="row">
            {connection.isDefault && <Tag>{t('default')}</Tag>}
            <SandboxTag cloud={connection.cloud} />
            <StatusBadge tone={VERIFICATION_TONES[connection.verification]}>
              {t(`verification.${connection.verification}`)}
            </StatusBadge>
          </span>
          <span className="soft small">{describeCredential(connection)}</span>
        </Choice>
      ))}
      <Choice value="new" chosen={chosen} onChoose={onChoose} title={t('new')}>
        <span className="soft small">{t('newHint')}</span>
      </Choice>
    </fieldset>
  );
}

/** "Secret ending in …4f2a, added 3 May 2026, expires 3 May 2027". */
export function describeCredential({ credential }: Connection): string {
  if (!credential) return t('noCredential');
  const known = t('hint', { hint: credential.hint, added: toDay(credential.addedAt) });
  return credential.expiresAt ? `${known}, ${t('expires', { when: toDay(credential.expiresAt) })}` : known;
}
