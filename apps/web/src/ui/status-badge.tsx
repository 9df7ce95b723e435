import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClockPause,
  IconInfoCircle,
  IconLoader2,
  IconLock,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import './status-badge.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'live' | 'idle' | 'skipped' | 'waiting' | 'locked' | 'info';

const ICONS = {
  ok: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  live: IconLoader2,
  idle: IconCircleDashed,
  skipped: IconPlayerSkipForward,
  waiting: IconClockPause,
  locked: IconLock,
  info: IconInfoCircle,
} as const;

/** An icon of a state; the words beside it say the same. */
export function StatusIcon({ tone, size = 18 }: { tone: Tone; size?: number }) {
  const Icon = ICONS[tone];
  return <Icon className={`status-icon tone-${tone}`} size={size} stroke={2} aria-hidden />;
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
