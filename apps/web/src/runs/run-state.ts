import type { RunSummary } from '@gangway/contract/operations';
import { t } from '../texts/run-state.js';
import { toClock } from '../time/when.js';
import type { Tone } from '../ui/status-badge.js';

type RunLike = Pick<RunSummary, 'status' | 'progress' | 'waitingUntil' | 'warnings' | 'reasonCode' | 'held'>;

/** A run's state as one word and its tone. */
export function toRunState(run: RunLike): { tone: Tone; label: string } {
  if (run.held) return { tone: 'warn', label: t('held') };
  switch (run.status) {
    case 'queued':
      return { tone: 'idle', label: t('queued') };
    case 'running':
      return run.waitingUntil
        ? { tone: 'waiting', label: t('waiting', { time: toClock(run.waitingUntil) }) }
        : { tone: 'live', label: t('running', { progress: run.progress }) };
    case 'succeeded':
      return run.warnings.length > 0
        ? { tone: 'warn', label: t('warned') }
        : { tone: 'ok', label: t('succeeded') };
    case 'failed':
      return run.reasonCode === 'run.cancelled'
        ? { tone: 'skipped', label: t('cancelled') }
        : { tone: 'bad', label: t('failed') };
  }
}
