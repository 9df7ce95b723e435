import type { Run } from '@gangway/contract/operations';
import { useState, type ReactNode } from 'react';
import { useWorkspace } from '../../shell/workspace-context.js';
import { t } from '../../texts/consent.js';
import { Button } from '../../ui/button.js';
import { ConsentSection, type AskedConsent } from './consent-section.js';
import { isFixedByConsent } from './is-fixed-by-consent.js';
import { useAnnouncedConsent } from './use-announced-consent.js';
import { useConsent } from './use-consent.js';

interface ConsentAction {
  /** Opens the section. */
  readonly action: ReactNode;
  readonly section: ReactNode;
  /** Consent comes before anything else: its button is the one to stand out. */
  readonly isFirst: boolean;
}

/**
 * Asking for consent beside a verification: the action among its others, and what it opens. There is none where the
 * verification ended with what no consent mends. `run`: null before the first one, undefined where it is not known.
 */
export function useConsentAction(asked: AskedConsent, run: Run | null | undefined): ConsentAction {
  const { can } = useWorkspace();
  const [isAsking, setAsking] = useState(false);
  const isNeeded = run === null || (run !== undefined && isFixedByConsent(run));
  const { latest } = useConsent(asked.from, isNeeded).data ?? {};
  useAnnouncedConsent(latest);
  if (!isNeeded) return { action: null, section: null, isFirst: false };
  // What became of an earlier request is told without a click; of one that came back, the verification tells.
  const isOpen = isAsking || (latest && latest.status !== 'returned');
  // The verification that a return started is newer than the one that is shown, and not over.
  const isSettling = Boolean(run && latest?.operationRunId && latest.operationRunId > run.id);
  const isMine = can('onboarding:run');
  return {
    isFirst: isMine && !isSettling && (Boolean(isOpen) || Boolean(run)),
    action: isMine && !isOpen && !isSettling && (
      <Button look={run ? 'primary' : 'secondary'} onClick={() => setAsking(true)}>
        {t('title')}
      </Button>
    ),
    section: isOpen && <ConsentSection {...asked} verificationHref={null} isWanted={isAsking} />,
  };
}
