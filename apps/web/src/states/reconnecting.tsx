import { t } from '../texts/states.js';
import { toClock } from '../time/when.js';
import { StatusBadge } from '../ui/status-badge.js';

/** The stream is lost and polling took over; says how old what is shown is. */
export function Reconnecting({ updatedAt }: { updatedAt: number }) {
  return <StatusBadge tone="waiting">{t('stream.lost', { time: toClock(updatedAt) })}</StatusBadge>;
}
