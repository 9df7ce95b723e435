import type { ConsentRequest } from '@gangway/contract/consent';
import { REASONS } from '@gangway/contract/reason-codes';
import { useEffect, useRef } from 'react';
import { t } from '../../texts/consent.js';
import { trpc } from '../../trpc.js';
import { announce } from '../../ui/announcer.js';

/** Says how a request ended that was seen waiting, and looks for the verification that its return has started. */
export function useAnnouncedConsent(latest: ConsentRequest | null | undefined): void {
  const utils = trpc.useUtils();
  const waitedFor = useRef<string | null>(null);
  useEffect(() => {
    if (!latest) return;
    if (latest.status === 'waiting') waitedFor.current = latest.id;
    if (latest.status === 'waiting' || waitedFor.current !== latest.id) return;
    waitedFor.current = null;
    if (latest.status === 'returned') {
      announce(t('announceReturned'));
      void utils.onboarding.get.invalidate();
      void utils.operations.list.invalidate();
    }
    if (latest.status === 'refused' && latest.reasonCode)
      announce(t('announceRefused', { reason: REASONS[latest.reasonCode].title }));
  }, [latest, utils]);
}
