import { Icon } from './icon.js';
import './status-badge.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'live' | 'idle' | 'skipped' | 'waiting' | 'locked' | 'info';

/** An icon of a state; the words beside it say the same. */
export function StatusIcon({ tone, size = 18 }: { tone: Tone; size?: number }) {
  return <Icon name={tone} size={size} className={`status-icon tone-${tone}`} />;
}

/** A state as icon and words, never as colour alone. */
export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`badge tone-${tone}`}>
      <StatusIcon tone={tone} size={15} />
      {children}
    </span>
  );
}
